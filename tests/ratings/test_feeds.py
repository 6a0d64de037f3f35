"""The feed of an article's comments."""

from __future__ import annotations

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from ratings import actions
from ratings.feeds import ENTRIES, CommentsFeed, xml_text
from ratings.markup import comment_html
from ratings.models import Comment, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = [
    "<script>alert(1)</script>",
    "Tom & Jerry ]]> <!--",
    "\u202egnip\u2066 \u2028 \u2029 \ufeff",
    "👩‍🚀 \U0001f600 Å Å",
    "bell \x07 tab \x0b escape \x1b no \ufffe \uffff",
    "&#0; &lt; %00",
]


def address_of(article) -> str:
    return f"/feeds/comments/{article.pk}.atom"


def feed_of(article, **options):
    return Client().get(address_of(article), **options)


def entries(answer) -> list[Element]:
    return fromstring(answer.content).findall(f"{ATOM}entry")


def told(element: Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}")


def links(element: Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def test_entry_tells_what_the_page_shows(article, make_comment):
    comment = make_comment(State.PUBLISHED, name="Ruth", text="It *sings*.")

    answer = feed_of(article)
    (entry,) = entries(answer)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert told(entry, "id") == f"urn:uuid:{comment.public_id}"
    assert told(entry, "title") == "Comment by Ruth"
    assert told(entry, f"author/{ATOM}name") == "Ruth"
    assert told(entry, "content") == "<p>It <em>sings</em>.</p>\n"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert links(entry) == {"alternate": f"http://testserver/comments/{comment.public_id}/"}
    assert told(entry, "published") == told(entry, "updated") == "2026-11-02T12:00:00+00:00"


def test_feed_names_itself_and_its_article_by_the_public_address_whatever_host_was_asked(article, settings):
    settings.ALMANAC_URL = "https://almanac.example"

    feed = fromstring(feed_of(article, headers={"Host": "other.example"}).content)
    own = f"https://almanac.example/feeds/comments/{article.pk}.atom"
    assert links(feed) == {"self": own, "alternate": article.full_url}
    assert told(feed, "id") == own
    assert told(feed, "title") == "Comments on “Why the Kettle Whistles”"


def test_edited_words_are_an_update(article, make_comment):
    comment = make_comment(State.PUBLISHED)
    later = NOON + timedelta(minutes=5)
    actions.edit(
        comment=comment,
        reader=comment.reader,
        text="Better.",
        verdict=Verdict(state=State.PUBLISHED),
        version=comment.version,
        now=later,
    )

    answer = feed_of(article)
    (entry,) = entries(answer)
    assert (told(entry, "published"), told(entry, "updated")) == (NOON.isoformat(), later.isoformat())
    assert told(fromstring(answer.content), "updated") == later.isoformat()
    assert told(entry, "content") == "<p>Better.</p>\n"


def test_latest_published_come_first_and_no_more_than_fifty(article, make_comment, move, reader):
    waited = make_comment(State.PENDING, text="waited")
    for minute in range(ENTRIES):
        make_comment(State.PUBLISHED, reader=reader, text=str(minute), now=NOON + timedelta(minutes=minute))
    move(waited, State.PUBLISHED, now=NOON + timedelta(days=1))

    shown = [told(entry, "content") for entry in entries(feed_of(article))]
    assert shown == ["<p>waited</p>\n", *(f"<p>{minute}</p>\n" for minute in range(ENTRIES - 1, 0, -1))]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(article, make_comment, text):
    make_comment(State.PUBLISHED, name=text, text=text)

    (entry,) = entries(feed_of(article))
    assert told(entry, f"author/{ATOM}name") == xml_text(text)
    assert told(entry, "content") == xml_text(comment_html(text))
    assert "<script" not in told(entry, "content")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_valid_xml(text):
    feed = CommentsFeed(title="", link="", description=None)
    feed.add_item(title=xml_text(text), link="", description=xml_text(text), unique_id="urn:x")

    parsed = fromstring(feed.writeString("utf-8").encode())
    # XML reads every kind of line break as one.
    expected = xml_text(text).replace("\r\n", "\n").replace("\r", "\n")
    assert told(parsed.find(f"{ATOM}entry"), "title") == expected


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_comment_that_is_not_published_is_absent(article, make_comment, state):
    make_comment(state, text="canary")

    assert b"canary" not in feed_of(article).content


def test_comment_vanishes_when_it_is_hidden_also_for_who_asks_by_date(article, make_comment, move):
    make_comment(State.PUBLISHED, text="older")
    comment = make_comment(State.PUBLISHED, text="canary", now=NOON + timedelta(hours=1))
    before = feed_of(article)
    move(comment, State.HIDDEN)

    by_date = {"If-Modified-Since": "Mon, 02 Nov 2026 13:00:00 GMT"}
    for headers in ({}, {"If-None-Match": before["ETag"]}, by_date):
        answer = feed_of(article, headers=headers)
        assert (answer.status_code, b"canary" in answer.content) == (200, False)
    assert b"canary" in before.content


def test_no_article_that_is_not_public_has_a_feed(article, make_article, make_comment):
    draft, gone, private, deleted = (make_article(f"canary {number}") for number in range(4))
    for page in (draft, gone, private, deleted):
        make_comment(State.PUBLISHED, article=page, text="canary words", name="canary name")
    addresses = [address_of(page) for page in (draft, gone, private, deleted)]
    assert [Client().get(address).status_code for address in addresses] == [200] * 4
    draft.live = False
    draft.save()
    gone.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    deleted.delete()

    unknown = Client().get("/feeds/comments/987654321.atom")
    for address in addresses:
        answer = Client().get(address)
        assert (answer.status_code, answer.content) == (404, unknown.content)
        assert b"canary" not in answer.content


def test_nothing_internal_is_in_any_byte(article, make_comment):
    make_comment(State.PUBLISHED, email="canary@example.org")
    Comment.objects.update(network="canary-network", trace=[{"rule": "canary"}], submission_key="canary-key")

    answer = feed_of(article)
    assert b"canary" not in answer.content
    assert b"<email" not in answer.content


def test_answer_is_kept_until_it_changes(article, make_comment):
    empty = feed_of(article)
    make_comment(State.PUBLISHED)
    first = feed_of(article, headers={"If-None-Match": empty["ETag"]})
    kept = feed_of(article, headers={"If-None-Match": first["ETag"]})

    assert feed_of(article).content == first.content
    assert (first.status_code, kept.status_code, kept.content) == (200, 304, b"")
    for answer in (empty, first, kept):
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert not answer.cookies
        assert not answer.has_header("Last-Modified")


def test_empty_feed_stays_the_same_until_somebody_writes(article):
    first = feed_of(article)

    assert entries(first) == []
    assert told(fromstring(first.content), "updated") == article.first_published_at.isoformat()
    assert feed_of(article, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("key", ["0", "9" * 30, "-1", "x"])
def test_key_that_no_article_can_have_has_no_feed(db, key):
    assert Client().get(f"/feeds/comments/{key}.atom").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(article, method):
    assert getattr(Client(), method)(address_of(article)).status_code == 405


def test_takes_the_same_queries_for_one_and_for_many_comments(article, make_comment, reader, django_assert_num_queries):
    make_comment(State.PUBLISHED)
    feed_of(article)  # fills the cache of sites
    with django_assert_num_queries(2):
        feed_of(article)
    for _ in range(9):
        make_comment(State.PUBLISHED, reader=reader)
    with django_assert_num_queries(2):
        feed_of(article)


def test_article_leads_to_its_feed(article):
    page = Client().get(article.url).content.decode()

    assert f'<link rel="alternate" type="application/atom+xml" title="Comments" href="{address_of(article)}">' in page
