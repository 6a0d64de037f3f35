"""The feeds of articles."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from articles.feeds import ENTRIES
from articles.models import ArticlePage, Contributor, TopicPage
from authors.models import AuthorIndexPage, AuthorPage
from pages.models import SiteSettings
from pictures.actions import make_renditions, store_picture
from tests.ratings.test_feeds import HOSTILE

ENDINGS = ["rss", "atom", "json"]


@pytest.fixture
def topic(db) -> TopicPage:
    page = TopicPage(title="Kettles", intro="<p>All of them.</p>")
    TopicPage.objects.get().add_child(instance=page)
    return page


@pytest.fixture
def told(make_article, topic, author) -> ArticlePage:
    """An article with all that a feed tells of one."""
    second = AuthorPage(title="Ben Hill")
    AuthorIndexPage.objects.get().add_child(instance=second)
    article = make_article(
        "Why it < whistles",
        summary="Steam & a <hole>.",
        first_published_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
        revised_on=date(2026, 5, 2),
    )
    article.topics.add(topic)
    article.contributors = [Contributor(author=author), Contributor(author=second)]
    article.save_revision().publish()
    second.refresh_from_db()
    second.unpublish()
    return article


def addresses(topic: TopicPage, author: AuthorPage) -> dict[str, str]:
    """Return the address of each feed, without its ending."""
    return {
        "site": "/feeds/articles.",
        "topic": f"/feeds/topics/{topic.pk}.",
        "author": f"/feeds/authors/{author.pk}.",
    }


def feed(address: str, **options):
    return Client().get(address, **options)


def items(address: str) -> list[dict]:
    return json.loads(feed(f"{address}json").content)["items"]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("of", ["site", "topic", "author"])
def test_every_feed_is_valid_and_tells_the_same(told, topic, author, of, ending):
    feedparser = pytest.importorskip("feedparser")
    address = addresses(topic, author)[of] + ending
    answer = feed(address)
    assert answer.status_code == 200
    if ending == "json":
        document = json.loads(answer.content)
        assert document["feed_url"] == f"http://testserver{address}"
        assert [item["title"] for item in document["items"]] == ["Why it < whistles"]
        return

    parsed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not parsed.bozo
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [f"http://testserver{address}"]
    (entry,) = parsed.entries
    assert (entry.title, entry.link) == ("Why it < whistles", told.full_url)
    assert entry.summary == "Steam &amp; a &lt;hole&gt;."
    assert [tag.term for tag in entry.tags] == ["Kettles"]
    assert [person.name for person in entry.authors] == ["Ada Brook", "Ben Hill"]
    assert entry.published_parsed[:4] == (2026, 3, 1, 8)


def test_json_feed_tells_what_version_1_1_wants(told, topic, author):
    document = json.loads(feed("/feeds/articles.json").content)

    assert document.pop("items") == [
        {
            "id": told.translation_key.urn,
            "url": told.full_url,
            "title": "Why it < whistles",
            "content_text": "Steam & a <hole>.",
            "date_published": "2026-03-01T08:00:00+00:00",
            "date_modified": "2026-05-02T00:00:00+00:00",
            "authors": [{"name": "Ada Brook", "url": author.full_url}, {"name": "Ben Hill"}],
            "tags": ["Kettles"],
        }
    ]
    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Almanac",
        "home_page_url": "http://testserver/",
        "feed_url": "http://testserver/feeds/articles.json",
        "description": "",
        "language": "en-us",
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_picture_is_the_largest_size_that_was_made(make_article, drawn_picture, ending):
    make_article(hero=drawn_picture)
    make_renditions([drawn_picture])

    text = feed(f"/feeds/articles.{ending}").content.decode()
    sizes = {each.url: each.width for each in drawn_picture.renditions.all()}
    assert [width for url, width in sizes.items() if f'"http://testserver{url}"' in text] == [700]
    if ending == "rss":
        (content,) = fromstring(text).iter("{http://search.yahoo.com/mrss/}content")
        assert (content.get("type"), content.get("width"), content.get("medium")) == ("image/jpeg", "700", "image")


@pytest.fixture
def drawn_picture(db):
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (700, 300), "teal").save(file, "PNG")
    return store_picture(title="Teal", name="teal.png", description="Teal", data=file.getvalue())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(make_article, topic, text):
    make_article(text, slug="hostile", summary=text)
    SiteSettings.objects.create(site=Site.objects.get(), name=text, description=text)

    for ending in ("rss", "atom"):
        fromstring(feed(f"/feeds/articles.{ending}").content)
    assert json.loads(feed("/feeds/articles.json").content)["title"]


def test_newest_come_first_and_no_more_than_the_newest(make_article, monkeypatch):
    monkeypatch.setattr("articles.feeds.ENTRIES", 2)
    for day in (2, 3, 1):
        make_article(f"Day {day}", first_published_at=datetime(2026, 3, day, tzinfo=UTC))

    assert [item["title"] for item in items("/feeds/articles.")] == ["Day 3", "Day 2"]
    assert ENTRIES == 30


def test_draft_private_and_withdrawn_articles_are_in_no_feed(make_article, told, topic, author):
    for title in ("Canary draft", "Canary private", "Canary gone"):
        article = make_article(title, live=title != "Canary draft")
        article.topics.add(topic)
        article.contributors = [Contributor(author=author)]
        article.save()
        if title == "Canary private":
            PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
        if title == "Canary gone":
            article.unpublish()
    draft = told.get_latest_revision_as_object()
    draft.title = "Canary revision"
    draft.save_revision()

    for address in addresses(topic, author).values():
        for ending in ENDINGS:
            text = feed(address + ending).content
            assert (b"whistles" in text, b"anary" in text) == (True, False)


def test_topic_or_author_that_readers_may_not_see_has_no_feed_and_is_named_in_none(told, topic, author):
    topic.unpublish()
    PageViewRestriction.objects.create(page=author, restriction_type=PageViewRestriction.LOGIN)

    unknown = feed("/feeds/topics/987654321.rss")
    for of in ("topic", "author"):
        answer = feed(addresses(topic, author)[of] + "rss")
        assert (answer.status_code, b"canary" in answer.content) == (404, False)
    assert unknown.status_code == 404
    assert b"Kettles" not in feed("/feeds/articles.rss").content


@pytest.mark.parametrize("address", ["topics/0.rss", f"topics/{'9' * 30}.atom", "topics/x.rss", "articles.xml"])
def test_address_of_no_feed_is_not_found(db, address):
    assert feed(f"/feeds/{address}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_answer_is_kept_until_it_changes(make_article, ending):
    address = f"/feeds/articles.{ending}"
    first = feed(address)
    assert feed(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    article = make_article()

    second = feed(address, headers={"If-None-Match": first["ETag"]})
    article.unpublish()
    third = feed(
        address, headers={"If-None-Match": second["ETag"], "If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"}
    )
    assert (second.status_code, third.status_code, third.content) == (200, 200, first.content)
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not second.cookies
    assert Client().post(address).status_code == 405


def test_takes_the_same_queries_for_one_and_for_many(make_article, told, topic, author, django_assert_num_queries):
    for of, queries in (("site", 8), ("topic", 9), ("author", 9)):
        address = addresses(topic, author)[of] + "atom"
        feed(address)  # fills the cache of sites
        with django_assert_num_queries(queries):
            feed(address)
    for number in range(4):
        article = make_article(f"Number {number}")
        article.topics.add(topic)
        article.contributors = [Contributor(author=author)]
        article.save()
    for of, queries in (("site", 8), ("topic", 9), ("author", 9)):
        with django_assert_num_queries(queries):
            assert feed(addresses(topic, author)[of] + "atom").content.count(b"<entry>") == 5


@pytest.mark.parametrize(
    ("of", "title"), [("site", "Almanac"), ("topic", "Kettles – Almanac"), ("author", "Ada Brook – Almanac")]
)
def test_page_leads_to_its_feeds(told, topic, author, of, title):
    page = {"site": "/articles/", "topic": topic.url, "author": author.url}[of]
    text = Client().get(page).content.decode()

    kinds = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
    for ending, kind in kinds.items():
        address = addresses(topic, author)[of] + ending
        assert f'<link rel="alternate" type="{kind}" title="{title}" href="{address}">' in text
