"""What the rules are told of an article, saved or not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file

from articles.actions import sign_off
from articles.models import ArticlePage, Contributor, SignOff, Source, TopicPage
from articles.readiness.draft import CitedSource, Draft
from articles.readiness.reading import draft_of
from articles.readiness.rules import rules
from authors.models import AuthorIndexPage, AuthorPage
from pictures.models import Picture

TODAY = date(2026, 11, 23)


def read(article: ArticlePage) -> Draft:
    return draft_of(article, today=TODAY)


def text(html: str) -> dict:
    return {"type": "text", "value": f"<p>{html}</p>"}


def faq(*questions: str) -> dict:
    items = [{"question": question, "answer": "<p>Because.</p>"} for question in questions]
    return {"type": "faq", "value": {"title": "", "introduction": "", "items": items}}


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(title="Does knuckle cracking lead to arthritis?", year=1998)


@pytest.fixture
def make_topic(db):
    """Return a factory of topics, below the topmost one or below another."""

    def make(title: str, below: TopicPage | None = None, **fields) -> TopicPage:
        above = below or TopicPage.objects.get(depth=min(TopicPage.objects.values_list("depth", flat=True)))
        topic = TopicPage(title=title, **fields)
        above.add_child(instance=topic)
        return topic

    return make


class TestBlocks:
    def test_own_words_are_neither_quotations_nor_myths(self, db):
        article = ArticlePage(
            title="Words",
            body=[
                text("It boils."),
                {"type": "quote", "value": {"text": "It cures.", "speaker": "Ada", "credential": "", "profile": None}},
                {"type": "myth_fact", "value": {"title": "", "pairs": [{"myth": "It cures.", "fact": "<p>No.</p>"}]}},
            ],
        )
        assert [(part.own_words, "cures" in part.text) for part in _parts(article)] == [
            ("It boils.", False),
            ("", True),
            ("\nNo.", True),
        ]

    def test_links_and_citations_are_those_of_every_text_in_a_block(self, db):
        link = '<a linktype="page" id="3">a</a> <a href="https://example.org/?a=1&amp;b=2">b</a>'
        cite = '<embed embedtype="source" id="7"/>'
        article = ArticlePage(
            title="Links",
            body=[text(link + cite), {**faq("Why?"), "value": {"items": [{"question": "Why?", "answer": cite}]}}],
        )
        first, second = _parts(article)
        assert (first.links, first.cites) == (("page:3", "https://example.org/?a=1&b=2"), (7,))
        assert (second.links, second.cites, second.questions) == ((), (7,), ("Why?",))

    def test_citation_covers_its_paragraph_and_the_list_below(self, db):
        cite, link = '<embed embedtype="source" id="7"/>', '<a href="https://example.org/">here</a>'
        html = f"Studies say{cite}:</p><ul><li>80 % of all</li></ul><p>Research agrees.</p><p>And {link}."
        (made,) = _parts(ArticlePage(title="Claims", body=[text(html)]))
        assert made.unsourced == {"Research agrees."}
        (finding,) = rules()["unsourced_claim"].findings(Draft(title="Claims", today=TODAY, parts=(made,)))
        assert finding.excerpt == "Research agrees."

    @pytest.mark.parametrize(
        ("speaker", "lacks"),
        [({"credential": ""}, ("credential",)), ({"credential": "Physicist"}, ("profile",))],
    )
    def test_quote_says_what_readers_cannot_learn_of_the_speaker(self, db, speaker, lacks):
        article = ArticlePage(title="Q", body=[{"type": "quote", "value": {"text": "Hm.", "speaker": "Ada"} | speaker}])
        assert [part.lacks for part in _parts(article)] == [lacks]

    def test_picture_needs_a_description_somewhere(self, db):
        described = Picture.objects.create(title="a", description="A kettle", file=get_test_image_file("a.png"))
        bare = Picture.objects.create(title="b", file=get_test_image_file("b.png"))
        figures = [
            {"type": "figure", "value": {"image": image.pk, "alt": alt, "caption": "", "credit": ""}}
            for image, alt in ((described, ""), (bare, "Steam"), (bare, ""))
        ]
        article = ArticlePage(title="Pictures", body=figures, hero=bare)
        made = read(article)
        assert [part.lacks for part in made.parts] == [(), (), ("alternative_text",)]
        assert made.hero_lacks_alternative
        article.hero_is_decorative = True
        assert not read(article).hero_lacks_alternative


class TestAround:
    def test_topics_are_told_with_all_above_and_the_strictest_targets(self, make_article, make_topic):
        health = make_topic("Health", readability_target=45, sentence_target=30)
        backs = make_topic("Backs", below=health, sentence_target=20)
        kettles = make_topic("Kettles", readability_target=40)
        article = make_article(topics=[backs, kettles])
        made = read(article)
        top = TopicPage.objects.get(depth=health.depth - 1)
        assert made.topics == {top.pk, health.pk, backs.pk, kettles.pk}
        assert (made.readability_target, made.sentence_target) == (40, 20)

    def test_contributors_are_told_with_what_they_know(self, article, author, make_topic):
        topic = make_topic("Kettles")
        author.topics.add(topic)
        author.save()
        article.contributors = [Contributor(author=author, role="expert")]
        assert [(each.name, each.role, each.topics) for each in read(article).people] == [
            ("Ada Brook", "expert", {topic.pk})
        ]

    def test_cited_sources_are_told_unless_they_were_deleted(self, make_article, source):
        gone = source.pk + 1
        cited = f'<embed embedtype="source" id="{source.pk}"/><embed embedtype="source" id="{gone}"/>'
        article = make_article(live=False, body=[text(cited)])
        assert read(article).sources == {source.pk: CitedSource(title=source.title, year=1998)}

    def test_link_is_dead_if_readers_can_never_open_it(self, make_article):
        live, hidden = make_article("Live"), make_article("Hidden", live=False)
        document = Document.objects.create(title="Plan", file="plan.pdf")
        keys = {"page": [live.pk, hidden.pk, 10**9], "document": [document.pk, 10**9]}
        links = [f'<a linktype="{kind}" id="{key}">x</a>' for kind, each in keys.items() for key in each]
        article = make_article("Links", live=False, body=[text(" ".join(links))])
        made = read(article)
        assert made.dead_links == {f"page:{10**9}", f"document:{10**9}"}
        assert made.links_to_unpublished == {f"page:{hidden.pk}"}

    def test_two_new_articles_may_link_to_each_other(self, make_article):
        first, second = make_article("First", live=False), make_article("Second", live=False)
        for one, other in ((first, second), (second, first)):
            one.body = [text(f'<a linktype="page" id="{other.pk}">x</a>')]
            one.save_revision().publish()
        assert ArticlePage.objects.live().filter(pk__in=[first.pk, second.pk]).count() == 2

    def test_question_is_answered_elsewhere_whatever_its_spelling(self, make_article):
        make_article("Other", body=[text("Hm."), faq("Can   cracking my back cause arthritis ?", "Is it bad?")])
        make_article("Draft", live=False, body=[faq("Who knows?")])
        make_article("Mentions", body=[text("Can it sing? It can.")])
        asked = ["Can Cracking My Back Cause Arthritis?", "Who knows?", "Can it sing?", "Why?", "?!"]
        article = make_article("Mine", body=[faq(*asked[:4]), faq(asked[0])])
        assert read(article).answered_elsewhere == {asked[0]: "Other"}

    def test_review_holds_until_its_day_and_lapses_after_it(self, article, author):
        author.save_revision().publish()
        kinds = SignOff.Kind
        signed = TODAY - timedelta(days=10)
        sign_off(article=article, reviewer=author, kind=kinds.MEDICAL, signed_by=None, today=signed, due_on=TODAY)
        sign_off(article=article, reviewer=author, kind=kinds.EDITORIAL, signed_by=None, today=signed)
        now, tomorrow = read(article), draft_of(article, today=TODAY + timedelta(days=1))
        assert (now.is_medically_reviewed, now.review_lapsed_on) == (True, None)
        assert (tomorrow.is_medically_reviewed, tomorrow.review_lapsed_on) == (False, TODAY)


def test_article_that_was_never_saved_is_read_like_any_other(db, author):
    article = ArticlePage(title="New", body=[text("It boils."), faq("Why?")])
    article.contributors = [Contributor(author=author)]
    made = read(article)
    assert ([person.name for person in made.people], len(made.parts)) == (["Ada Brook"], 2)


def test_reading_takes_as_many_queries_for_one_block_as_for_many(make_article, author, source, make_topic):
    picture = Picture.objects.create(title="a", description="A kettle", file=get_test_image_file("a.png"))
    document = Document.objects.create(title="Plan", file="plan.pdf")
    linked = make_article("Linked")
    other = AuthorPage(title="Ruth")
    AuthorIndexPage.objects.get().add_child(instance=other)
    topic = make_topic("Kettles")

    def body(times: int) -> list[dict]:
        links = f'<a linktype="page" id="{linked.pk}">a</a> <a linktype="document" id="{document.pk}">b</a>'
        each = [
            text(f'{links}<embed embedtype="source" id="{source.pk}"/>'),
            {"type": "figure", "value": {"image": picture.pk}},
            {"type": "quote", "value": {"text": "Hm.", "speaker": "Ada", "credential": "", "profile": author.pk}},
            faq("Why does it sing?", "Does it?"),
        ]
        return each * times

    def queries(times: int, *people: AuthorPage) -> int:
        contributors = [Contributor(author=person) for person in people]
        article = make_article(f"Times {times}", body=body(times), topics=[topic], contributors=contributors)
        stored = ArticlePage.objects.get(pk=article.pk)
        with CaptureQueriesContext(connection) as captured:
            read(stored)
        return len(captured)

    number = {"sqlite": 17, "postgresql": 15}[connection.vendor]  # the search asks SQLite in three steps
    assert (queries(1, author), queries(4, author, other)) == (number, number)


def _parts(article: ArticlePage) -> list:
    return list(read(article).parts)
