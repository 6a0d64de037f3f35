"""What a question finds, in which order, and what is shown of it."""

from __future__ import annotations

import pytest
from django.http import Http404
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from articles.models import TopicPage
from pages.models import HomePage, InformationPage, Synonyms
from pages.search import finding, index_other
from pictures.actions import store_picture
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_topic(db):
    """Return a factory of topics below the topmost one, or below another one."""

    def make(title: str, above: TopicPage | None = None) -> TopicPage:
        return (above or TopicPage.objects.get(depth=3)).add_child(instance=TopicPage(title=title))

    return make


def test_all_words_have_to_match(write, titles):
    write("Kettles", "They boil water.")
    write("Pots", "They boil soup.")

    assert titles("boil soup") == ["Pots"]


def test_question_that_no_page_answers_in_full_finds_pages_with_any_word_and_says_so(write, ask):
    write("Kettles", "They boil water.")
    write("Lamps", "They glow.")

    answer = ask("boil whales")

    assert answer.is_partial
    assert [result.page.title for result in answer.results] == ["Kettles"]


def test_pages_with_the_words_in_the_title_come_first(write, titles):
    write("Teapots and More", "Kettles. " * 40)
    write("A Long Title That Names Kettles at Its End", "Something else.")
    write("Pans", "Kettles. " * 40)

    assert titles("kettle")[0] == "A Long Title That Names Kettles at Its End"


def test_every_kind_of_page_is_found_and_counted(write, ask, author, make_topic):
    write("Steam")
    author.biography = "<p>Knows all of steam.</p>"
    author.save_revision().publish()
    make_topic("Steam engines")
    HomePage.objects.get().add_child(
        instance=InformationPage(title="Steam policy", body=[{"type": "text", "value": "<p>x</p>"}])
    )

    answer = ask("steam")

    assert sorted(result.kind.name for result in answer.results) == ["article", "author", "page", "topic"]
    assert [facet.count for facet in answer.kinds] == [1, 1, 1, 1]
    assert [result.page.title for result in ask("steam", kind="author").results] == ["Ada Brook"]


def test_topics_narrow_with_those_above_them(write, ask, make_topic):
    kitchen = make_topic("Kitchen")
    kettles = make_topic("Kettles", kitchen)
    for title, topic in (("Steam one", kitchen), ("Steam two", kettles), ("Steam three", None)):
        article = write(title)
        article.topics = [topic] if topic else []
        article.save_revision().publish()

    answer = ask("steam", topic=str(kettles.pk))

    assert [result.page.title for result in answer.results] == ["Steam two"]
    assert [(facet.label, facet.count, facet.is_chosen) for facet in answer.topics] == [
        ("Kitchen", 2, False),
        ("Kettles", 1, True),
    ]
    assert [facet.address for facet in answer.topics] == [f"?q=steam&topic={kitchen.pk}", "?q=steam"]


def test_topics_of_one_name_below_different_ones_are_told_apart(write, ask, make_topic):
    below = [make_topic("Care", make_topic(above)) for above in ("Kettles", "Pots")]
    for topic in below:
        article = write(f"Steam on {topic.get_parent().title}")
        article.topics = [topic]
        article.save_revision().publish()

    assert below[0].slug == below[1].slug
    for topic in below:
        answer = ask("steam", topic=str(topic.pk))
        assert [result.page.title for result in answer.results] == [f"Steam on {topic.get_parent().title}"]
        assert [facet.label for facet in answer.topics if facet.is_chosen] == ["Care"]
        assert sum(facet.is_chosen for facet in answer.topics) == 1


@pytest.mark.parametrize(
    "choices", [{"kind": "x"}, {"topic": "x"}, {"topic": "topics"}, {"page": "0"}, {"page": "x"}, {"page": "2"}]
)
def test_choice_that_does_not_exist_is_not_found(write, ask, choices):
    write("Steam")

    with pytest.raises(Http404):
        ask("steam", **choices)


def test_excerpt_shows_the_place_that_holds_most_of_the_words_and_its_section(write, ask):
    write(
        "Kettles",
        "A hiss is heard.",
        {"type": "heading", "value": {"text": "Why it whistles", "level": "2"}, "id": "11111111-aaaa"},
        {
            "type": "text",
            "value": "<p>Some more of it. " + "More. " * 60 + "Steam & hisses <b>escape</b>.</p>",
            "id": "22222222-b",
        },
    )

    (result,) = ask("hiss steam").results

    assert (result.excerpt.heading, result.excerpt.anchor) == ("Why it whistles", "part-22222222")
    assert result.excerpt.html.endswith("More. <mark>Steam</mark> &amp; <mark>hisses</mark> escape.")
    assert result.excerpt.html.startswith("… ")


def test_title_and_excerpt_are_escaped(write, ask):
    write("<script>alert(1)</script> steam", "5 &lt; 6 <b>steam</b>", summary='<img src="x"> steam')

    (result,) = ask("steam").results

    assert result.title == "&lt;script&gt;alert(1)&lt;/script&gt; <mark>steam</mark>"
    assert "<img" not in result.excerpt.html


def test_synonyms_find_each_other_phrases_too(write, titles):
    Synonyms.objects.create(words="backache, back pain\nsore  back")
    write("One", "What helps with backaches.")
    write("Two", "A sore back is common.")
    write("Three", "Come back without pain.")

    assert sorted(titles("back pain")) == ["One", "Two"]
    assert sorted(titles("what helps backache")) == ["One"]
    assert sorted(titles("sore back common")) == ["Two"]
    assert titles("pain") == ["Three"]


def test_recommended_pages_stand_apart_unless_they_are_not_for_everybody(write, ask):
    query = Query.get("back pain")
    seen, hidden, draft = write("Seen"), write("Hidden"), write("Draft", live=False)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for order, page in enumerate((draft, hidden, seen)):
        SearchPromotion.objects.create(query=query, page=page, sort_order=order)

    answer = ask("Back  PAIN")

    assert [promotion.page.title for promotion in answer.recommended] == ["Seen"]
    assert ask("pain").recommended == []


def test_tag_is_found_once_it_is_published(write, titles):
    article = write("Kettles")
    article.tags.add("limescale")
    article.save_revision().publish()

    assert titles("limescale") == ["Kettles"]


def test_other_search_backends_of_wagtail_are_asked_in_their_own_terms(write, titles, monkeypatch):
    monkeypatch.setattr(finding, "index", lambda: index_other)
    Synonyms.objects.create(words="backache, back pain")
    write("One", "What helps with backaches.")
    write("Two", "Back pain hurts.")

    assert sorted(titles("back pain")) == ["One", "Two"]
    assert titles("hurting") == ["Two"]
    assert [page.title for page in finding.suggest("tw")] == ["Two"]


def test_search_costs_as_many_queries_for_one_page_as_for_many(write, ask, author, django_assert_num_queries):
    def figure() -> dict:
        picture = store_picture(title="Teal", name="teal.png", description="Teal", data=photograph("PNG"))
        return {"type": "figure", "value": {"image": picture.pk, "alt": "", "caption": "xylophone", "credit": ""}}

    quote = {"type": "quote", "value": {"text": "xylophone", "profile": author.pk}}
    ask("kettle")
    write("Kettles 1", figure(), figure(), quote)
    # Restrictions, topics, synonyms, the index, topics of articles, articles, pictures, people, recommendations.
    with django_assert_num_queries(8):
        assert ask("xylophone").total == 1
    write("Kettles 2", figure(), quote)
    write("Kettles 3", figure(), quote)
    with django_assert_num_queries(8):
        assert ask("xylophone").total == 3
