"""Every editorial rule: what it finds and what it leaves alone, as a table that no rule can be missing from."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.readiness.draft import CitedSource, Draft, Person
from articles.readiness.finding import Severity
from articles.readiness.rules import findings, rules
from tests.checks.drafts import draft, heading, part

MEDICAL = "Pain is a symptom of this disease."
LONG = " ".join(["word"] * 26) + "."
HARD = "Extraordinarily complicated considerations necessitate comprehensive investigations. " * 20
PLAIN = "The cat sat on the mat. It was a warm day. " * 20
LIVE = CitedSource(title="Unger 1998")
DEAD = CitedSource(title="Unger 1998", is_dead=True)
ADA = Person(name="Ada Brook", role="author", topics=frozenset({7}))

FOUND_AND_NOT: dict[str, tuple[Draft, Draft]] = {
    "absolute_words": (draft("It cures colds."), draft("There is no cure.", part("It cures.", own_words=""))),
    "alternative_text_missing": (draft(hero_lacks_alternative=True), draft("Steam.")),
    "author_missing": (draft(people=(Person(name="Ruth", role="editor"),)), draft(people=(ADA,))),
    "body_missing": (draft(), draft("Steam.")),
    "cited_source_deleted": (draft(part(cites=(7,))), draft(part(cites=(7,)), sources={7: LIVE})),
    "cited_source_link_died": (
        draft(part(cites=(7, 7)), part(cites=(7,)), sources={7: DEAD}),
        draft(part(cites=(7,)), sources={7: LIVE}),
    ),
    "contributor_off_topic": (
        draft(people=(ADA,), topics=frozenset({1, 2})),
        draft(people=(ADA, Person(name="Ruth", role="author")), topics=frozenset({1, 7})),
    ),
    "dead_link": (
        draft(part(links=("page:3", "page:3", "page:4")), dead_links=frozenset({"page:3"})),
        draft(part(links=("page:3", "https://example.org/", "#part-1"))),
    ),
    "empty_section": (
        draft(heading("Steam"), heading("Water"), "It boils."),
        draft(heading("A"), heading("B", 3), "C"),
    ),
    "hard_to_read": (draft(HARD), draft(PLAIN, "Extraordinarily complicated!")),
    "heading_order": (draft(heading("Steam", 3), "Up."), draft(heading("A"), heading("B", 3), heading("C", 3), "D")),
    "link_to_unpublished": (
        draft(part(links=("page:3", "page:3")), links_to_unpublished=frozenset({"page:3"})),
        draft(part(links=("page:3",)), dead_links=frozenset({"page:3"})),
    ),
    "long_sentences": (draft(LONG), draft(LONG, sentence_target=26)),
    "medical_without_review": (draft(MEDICAL), draft(MEDICAL, is_medically_reviewed=True)),
    "medical_without_warning": (draft(MEDICAL), draft(MEDICAL, part("Call 112.", is_warning=True))),
    "placeholder": (draft("It sings TK."), draft("It sings at TK Maxx in XXX.")),
    "possible_placeholder": (draft("Dear [name], it sings."), draft("It sings TK.")),
    "question_answered_elsewhere": (
        draft(part(questions=("Why?",)), answered_elsewhere={"Why?": "Why It Sings"}),
        draft(part(questions=("Why?",))),
    ),
    "quote_without_credential": (draft(part(lacks=("credential",))), draft(part(lacks=("profile",)))),
    "quote_without_profile": (draft(part(lacks=("profile",))), draft(part(lacks=("credential",)))),
    "review_lapsed": (
        draft(review_lapsed_on=date(2026, 11, 1)),
        draft(review_lapsed_on=date(2026, 11, 1), is_medically_reviewed=True),
    ),
    "search_description_missing": (draft(search_description=" "), draft(search_description="Steam, explained.")),
    "summary_missing": (draft(), draft(summary="Steam, explained.")),
    "table_caption_missing": (draft(part(lacks=("caption",))), draft(part(lacks=("header",)))),
    "table_header_missing": (draft(part(lacks=("header",))), draft(part(lacks=("caption",)))),
    "topic_missing": (draft(), draft(has_topics=True)),
    "transcript_missing": (draft(part(lacks=("transcript",))), draft(part("Hiss."))),
    "unfinished_block": (draft(part(problems=("title: This field is required.",))), draft("Steam.")),
    "unsourced_claim": (
        draft(part("Studies say so. It is nice.")),
        draft(part("Studies say so.", cites=(1,)), part("Research agrees.", links=("https://example.org/",))),
    ),
}


def test_every_rule_has_its_place_in_the_table():
    assert list(rules()) == sorted(FOUND_AND_NOT)


@pytest.mark.parametrize("name", sorted(FOUND_AND_NOT))
def test_rule_finds_its_fault_once_and_leaves_the_corrected_article_alone(name):
    faulty, corrected = FOUND_AND_NOT[name]
    rule = rules()[name]
    (finding,) = rule.findings(faulty)
    assert finding.message.endswith((".", "?")) or name == "unfinished_block"
    assert list(rule.findings(corrected)) == []


@pytest.mark.parametrize("name", sorted(FOUND_AND_NOT))
def test_rule_says_what_it_is(name):
    rule = rules()[name]
    assert str(rule.label)
    assert isinstance(rule.severity, Severity)
    assert rule.find.__module__ == f"articles.checks.{name}"
    assert rule.find.__doc__
    assert __import__(rule.find.__module__, fromlist=["find"]).__doc__


def test_rules_ask_nobody():
    # Without the `db` fixture, pytest-django refuses every query.
    for faulty, corrected in FOUND_AND_NOT.values():
        findings(faulty)
        findings(corrected)


@given(text=st.text(max_size=200), level=st.sampled_from([0, 2, 3]))
def test_no_text_makes_a_rule_fail_and_the_same_text_is_found_the_same(text, level):
    made = draft(part(text, heading=text, level=level, questions=(text,), links=(text,)), title=text, summary=text)
    first, second = findings(made), findings(made)
    assert [each.about for each in first] == [each.about for each in second]
    assert all(each.as_json()["about"] == each.about for each in first)


def test_answer_to_a_warning_holds_until_its_text_changes():
    def about(*sentences: str) -> list[str]:
        return [each.about for each in rules()["unsourced_claim"].findings(draft(*sentences))]

    assert about("Studies say so.") == about("Studies say so. And it is nice.")
    assert about("Studies say so.") != about("Studies say otherwise.")


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("absolute_words", "Kettle {} cures colds."),
        ("long_sentences", "Kettle {} " + LONG),
        ("possible_placeholder", "Kettle {} is XXX."),
        ("unsourced_claim", "Studies say so of kettle {}."),
    ],
)
def test_no_answer_holds_for_a_sentence_that_was_added_later(rule, fault):
    def about(count: int) -> set[str]:
        text = " ".join(fault.format(number) for number in range(count))
        return {each.about for each in rules()[rule].findings(draft(text))}

    for count in range(1, 6):
        assert about(count + 1) - about(count)


@pytest.mark.parametrize(
    ("text", "sure", "possible"),
    [
        ("The number is TK.", 1, 0),
        ("TKTK and [source?] and TODO", 3, 0),
        ("As shown [citation needed], Lorem ipsum.", 2, 0),
        ("She bought it at TK Maxx.", 0, 1),
        ("Size XXX fits. Dear [name], on [date].", 0, 2),
        ("Tk is a toolkit, and todo lists help.", 0, 0),
    ],
)
def test_only_marks_that_can_mean_nothing_else_are_errors(text, sure, possible):
    found = {name: list(rules()[name].findings(draft(text))) for name in ("placeholder", "possible_placeholder")}
    assert [len(each) for each in found.values()] == [sure, possible]


def test_answer_to_a_warning_holds_in_every_language():
    warning = rules()["review_lapsed"]
    lapsed = draft(review_lapsed_on=date(2026, 11, 1))
    (in_english,) = warning.findings(lapsed)
    with translation.override("de"):
        (in_german,) = warning.findings(lapsed)
    assert in_english.message != in_german.message
    assert in_english.about == in_german.about


def test_errors_come_before_warnings_and_both_in_the_order_of_the_article():
    found = findings(
        draft(
            part("It cures colds.", id="b1"),
            part("A table.", id="b2", lacks=("caption",)),
            part("Studies say so.", id="b3"),
            part("TK", id="b4"),
            summary="S",
            search_description="D",
            has_topics=True,
            people=(ADA,),
        )
    )
    assert [(each.rule, each.block) for each in found] == [
        ("table_caption_missing", "b2"),
        ("placeholder", "b4"),
        ("absolute_words", "b1"),
        ("unsourced_claim", "b3"),
    ]


def test_subsection_is_announced_where_it_stands():
    (finding,) = rules()["heading_order"].findings(draft("Before.", heading("Steam", 3, id="h1"), heading("Water", 2)))
    assert (finding.block, finding.excerpt, finding.is_error) == ("h1", "Steam", True)


def test_long_sentences_are_one_warning_with_their_number():
    sentences = [f"Number{number} {LONG}" for number in range(5)]
    (finding,) = rules()["long_sentences"].findings(draft("Short.", part(" ".join(sentences), id="b9")))
    assert finding.message.startswith("5 sentences have more than 25 words.")
    assert (finding.block, finding.excerpt.split("\n")) == ("b9", sentences)


def test_description_for_search_says_what_is_shown_in_its_place():
    rule = rules()["search_description_missing"]
    (with_summary,) = rule.findings(draft(summary="Steam."))
    (without,) = rule.findings(draft())
    assert "show the summary" in with_summary.message
    assert "show the first words of the text" in without.message
