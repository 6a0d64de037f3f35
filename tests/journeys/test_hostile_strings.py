"""Whatever a reader writes is text: stored as it came or refused in words, and never a part of a page.

`SINKS` are the pages that show what readers wrote, `ANSWERS` what a reader is answered at once. A further page joins
with one line. Our own strings take every way; the long lists beside them skip the slow ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase
from urllib.parse import quote, quote_plus

import pytest
from defusedxml.ElementTree import fromstring
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from articles.actions import ArticleContent, create_article
from articles.models import ArticleIndexPage, ArticlePage
from ratings import actions
from ratings.forms import CommentForm
from ratings.models import Comment, Reader, State
from ratings.moderation.judge import Verdict
from ratings.thread import THREADS_PER_PAGE
from tests.conftest import NOON
from tests.journeys.hostile import FOLDER, OWN, hostile_files, hostile_strings, strings_in
from tests.journeys.outline import Tag, outline, tags
from tests.ratings.test_views import GUEST, stamped, text_area
from tests.ratings.test_views import OWN as OWN_ORIGIN

pytestmark = pytest.mark.django_db

A_PAGE = THREADS_PER_PAGE
"""So many strings are shown on one page."""

ARTICLES_AT_ONCE = 10

NOTEWORTHY = "MY CHEST PAIN, MY NUMB HAND, MY ADDRESS: READER@EXAMPLE.ORG"
"""A text that calls for every notice there is."""

ATOM = "{http://www.w3.org/2005/Atom}"

FORMATTING = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "br", "a"}
MARKDOWN: set[Tag] = {
    *((f"{slash}{name}", ()) for name in FORMATTING for slash in ("", "/")),
    ("ol", ("start",)),
    ("a", ("href", "rel")),
    ("a", ("rel",)),
}
"""What readers may format their comments with."""

CALM = {*FORMATTING, "div", "span", "bdi", "section", "article", "header", "h2", "h3", "time", "details", "summary"}
"""Of these, a template may write more or fewer from page to page, in the kinds that it always writes."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A site with comments, somebody who reads them and somebody who moderates them."""

    reader: Client
    moderator: Client
    article: ArticlePage
    comments: list[Comment]


SINKS: dict[str, Callable[[Stage], HttpResponse]] = {
    "article": lambda stage: stage.reader.get(stage.article.url),
    "moderators' list": lambda stage: stage.moderator.get("/admin/reader-comments/?state=published"),
}
"""Pages that show all comments of a stage, each with its public id or its key."""

ANSWERS: dict[str, Callable[[Client, ArticlePage, str], HttpResponse]] = {
    "a preview": lambda client, article, string: send(client, article, text=string, name=string),
    "a form with nothing else in it": lambda client, article, string: send(
        client, article, **dict.fromkeys(("text", "name", "email", "kind", "stars", "parent", "stamp", "seen"), string)
    ),
    "a refused form": lambda client, article, string: send(client, article, headers={}, text=string),
    "a parent in the address": lambda client, article, string: get(client, "/responses/comment/{}/?reply_to=", string),
    "a page of comments": lambda client, article, string: get(client, f"{article.url}?sort=oldest&after=", string),
    "a page of articles": lambda client, article, string: get(client, "/articles/?page=", string),
    "a path": lambda client, article, string: get(client, "/articles/", string),
}
"""What one string is answered with, wherever it is sent."""


def encoded(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")


def arrived(string: str) -> str:
    """Return `string` as Django reads it: half a surrogate pair cannot be sent, and each of its bytes is replaced."""
    return encoded(string).decode("utf-8", "replace")


def send(client: Client, article: ArticlePage, headers: dict[str, str] = OWN_ORIGIN, **fields: str) -> HttpResponse:
    body = "&".join(f"{name}={quote_plus(encoded(value))}" for name, value in (GUEST | fields).items())
    return client.post(
        f"/responses/comment/{article.pk}/", body, content_type="application/x-www-form-urlencoded", headers=headers
    )


def send_at_last(client: Client, article: ArticlePage, **fields: str) -> HttpResponse:
    """Send a comment, and once more if it comes back with a notice."""
    answer = send(client, article, **stamped(article), **fields)
    if answer.status_code == 200:
        returned = {name: value_of(page_of(answer), name) for name in ("stamp", "seen")}
        answer = send(client, article, **returned, **fields)
    return answer


def get(client: Client, address: str, string: str) -> HttpResponse:
    return client.get(address + quote(encoded(string), safe=""), follow=True)


def page_of(response: HttpResponse) -> str:
    return response.content.decode(errors="replace")


def foreign_parts(page: str, clean: str) -> set[Tag]:
    """Return the kinds of tags that `page` has and `clean` has not, or has fewer of."""
    known = outline(clean)
    added = outline(page) - known
    return {kind for kind in added if kind not in known or kind[0].lstrip("/") not in CALM} - MARKDOWN


def value_of(page: str, name: str) -> str:
    """Return the value of the input called `name`."""
    return next(attributes["value"] for tag, attributes in tags(page) if attributes.get("name") == name)


def lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.READER_LIMITS_SCALE = 0


def publish(article: ArticlePage, pairs: list[tuple[str, str]]) -> list[Comment]:
    """Publish comments of the given names and texts, all by one reader."""
    reader = Reader.objects.create()
    verdict = Verdict(state=State.PUBLISHED)
    return [
        actions.comment(article=article, reader=reader, name=name, email="", text=text, verdict=verdict, now=NOON)
        for name, text in pairs
    ]


@pytest.fixture
def moderator_client(moderator) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def form_errors(**fields: str) -> dict[str, list[str]]:
    form = CommentForm(GUEST | fields, account=None)
    form.is_valid()
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def accepted(string: str) -> tuple[str, str]:
    """Return name and text with `string` in both, wherever the form takes it; refusals must name the right field."""
    assert set(form_errors(text=string)) <= {"text"}, ascii(string)
    assert set(form_errors(name=string)) <= {"name"}, ascii(string)
    form = CommentForm(GUEST | {"name": string, "text": string}, account=None)
    form.is_valid()
    assert all(sentence.strip() for errors in form.errors.values() for sentence in errors)
    name, text = form.cleaned_data.get("name", "Ruth"), form.cleaned_data.get("text", "A kettle")
    assert (name, text) in {
        (first, second)
        for first in ("Ruth", string.strip())
        # A mark of the byte order at the beginning is no character of the text.
        for second in ("A kettle", lines_of(string).removeprefix("\ufeff"))
    }
    return name, text


def slices(strings: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(strings), A_PAGE):
        yield strings[start : start + A_PAGE]


def shown(stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield each sink and its page, after a look that every comment is on it."""
    for sink, show in SINKS.items():
        answer = show(stage)
        assert answer.status_code == 200
        page = page_of(answer)
        there = {attributes["id"] for _, attributes in tags(page) if "id" in attributes}
        missing = [each for each in stage.comments if not {f"comment-{each.public_id}", f"comment-{each.pk}"} & there]
        assert missing == [], sink
        yield sink, page


@pytest.mark.parametrize("path", hostile_files(), ids=lambda path: path.name)
def test_string_is_stored_exactly_and_no_part_of_any_page_that_shows_it(client, moderator_client, article, path):
    @cache
    def clean_pages(count: int) -> dict[str, str]:
        return dict(pages([("Ruth", "A *kettle*")] * count))

    def pages(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the pages with these names and texts under the article; afterwards it is empty again."""
        with transaction.atomic():
            comments = publish(article, pairs)
            assert list(Comment.objects.order_by("pk").values_list("name", "text")) == pairs
            found = list(shown(Stage(reader=client, moderator=moderator_client, article=article, comments=comments)))
            transaction.set_rollback(True)
        return found

    for strings in slices(hostile_strings(path)):
        pairs = [accepted(arrived(string)) for string in strings]
        clean = clean_pages(len(pairs))
        foreign = {sink: foreign_parts(page, clean[sink]) for sink, page in pages(pairs)}
        assert not any(foreign.values()), (foreign, ascii(strings)[:5000])


@pytest.mark.parametrize("path", hostile_files(), ids=lambda path: path.name)
def test_string_stays_text_in_the_feed_and_in_the_api(client, article, path):
    for strings in slices(hostile_strings(path)):
        pairs = [accepted(arrived(string)) for string in strings]
        with transaction.atomic():
            publish(article, pairs)
            feed = client.get(f"/feeds/comments/{article.pk}.atom")
            answer = client.get(f"/api/articles/{article.pk}/comments/?sort=oldest")
            transaction.set_rollback(True)

        entries = fromstring(feed.content).findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries[::-1]] == [name for name, _ in pairs]
        for entry in entries:
            assert set(outline(entry.findtext(f"{ATOM}content") or "")) <= MARKDOWN
        assert [(comment["name"], comment["text"]) for comment in answer.json()["comments"]] == pairs


@pytest.fixture(params=OWN)
def strings(request) -> list[str]:
    """The strings of one file of our own: these take the slow ways too, each on its own and over HTTP."""
    return hostile_strings(FOLDER / request.param)


@pytest.mark.parametrize("field", ["text", "name"])
def test_comment_is_stored_exactly_or_refused_by_its_field_with_the_text_kept(client, article, strings, field):
    clean = ""
    for plain in (GUEST["text"], NOTEWORTHY):
        clean += page_of(client.get(send_at_last(client, article, text=plain)["Location"]))
    for string in strings:
        sent = GUEST | {field: arrived(string)}
        answer = send_at_last(client, article, **{field: string})

        if answer.status_code == 303:
            expected = sent[field].strip() if field == "name" else lines_of(sent[field]).removeprefix("\ufeff")
            assert getattr(Comment.objects.latest("pk"), field) == expected
            own_page = client.get(answer["Location"])
            assert (own_page.status_code, foreign_parts(page_of(own_page), clean)) == (200, set()), ascii(string)
        elif answer.status_code == 400:
            # Half a surrogate pair is no text at all.
            assert arrived(string) != string
            assert text_area(answer) == sent["text"]
        else:
            assert answer.status_code == 422, ascii(string)
            assert f'href="#id_{field}"' in page_of(answer)
            assert (text_area(answer), value_of(page_of(answer), "name")) == (sent["text"], sent["name"])


@pytest.mark.parametrize("answered", ANSWERS)
def test_answer_holds_no_part_of_the_string(client, article, strings, answered):
    ask = ANSWERS[answered]
    clean: dict[int, str] = {}
    for plain in ("x", "", "1", "x" * 6000, "reader@example.org", ".", "/", NOTEWORTHY, "\ud800"):
        answer = ask(client, article, plain)
        clean[answer.status_code] = clean.get(answer.status_code, "") + page_of(answer)
    for string in strings:
        answer = ask(client, article, string)

        assert answer.status_code in {*clean, 400}, ascii(string)
        assert foreign_parts(page_of(answer), clean.get(answer.status_code) or render_to_string("400.html")) == set(), (
            ascii(string)
        )
        assert "15846" not in page_of(answer)


def test_title_and_summary_of_an_article_are_text_on_its_page_in_lists_and_in_the_sitemap(client, admin):
    client.force_login(admin)
    listings = ("/articles/", "/sitemap.xml", f"/admin/pages/{ArticleIndexPage.objects.get().pk}/")

    def show(titles: list[str]) -> list[str]:
        """Return the pages that show articles of these titles, which are gone afterwards."""
        with transaction.atomic():
            articles = [write_article(title) for title in titles]
            answers = [client.get(address) for address in (*(article.url for article in articles), *listings)]
            assert {answer.status_code for answer in answers} == {200}
            transaction.set_rollback(True)
        return [page_of(answer) for answer in answers]

    strings = hostile_strings(FOLDER / "markup.txt")
    # Each with another first letter, so that the list offers as many of these as there can be.
    clean = show([f"{letter} Kettle" for letter in ascii_uppercase[:ARTICLES_AT_ONCE]])
    for start in range(0, len(strings) - ARTICLES_AT_ONCE + 1, ARTICLES_AT_ONCE):
        titles = strings[start : start + ARTICLES_AT_ONCE]
        assert not any(map(foreign_parts, show(titles), clean)), ascii(titles)


def write_article(title: str) -> ArticlePage:
    body = [{"type": "text", "value": "<p>Steam needs room.</p>"}]
    return create_article(content=ArticleContent(title=title, summary=title, body=body), publish=True)


class TestReadingLists:
    @pytest.mark.parametrize(
        ("name", "content", "strings"),
        [
            ("a.txt", b"# one\n\ntwo \r\n\xef\xbb\xbfthree", ["# one", "two ", "\ufeffthree"]),
            ("a.txt", b"caf\xe9\ncaf\xc3\xa9", ["caf\xe9", "caf\xe9"]),
            ("a.txt", "a\u2028b\x0bc".encode(), ["a\u2028b\x0bc"]),
            ("a.json", b'["a\\u0000", ["\\ud800", [""]], {"key": {"b": 1}}, null]', ["a\0", "\ud800", "key", "b", "1"]),
            ("a.json", b'{"one": 1}\n{"two": 2}', ['{"one": 1}', '{"two": 2}']),
            ("a.json", b"[" * 100_000, ["[" * 100_000]),
        ],
    )
    def test_every_string_is_read(self, name, content, strings):
        assert list(strings_in(name, content)) == strings

    def test_every_class_has_a_string_of_our_own(self):
        assert {path.name for path in hostile_files()} >= set(OWN)
        assert len(hostile_strings(*(FOLDER / name for name in OWN))) >= 300


class TestOutline:
    @pytest.mark.parametrize(
        ("part", "found"),
        [
            ("<script>1 < 2</script>", {("script", ()), ("/script", ())}),
            ("<img/src/onerror=x>", {("img", ("onerror", "src"))}),
            ("<a href='java&#9;script:x'>", {("a", ("href=javascript:",))}),
            ("<p title='\"><script>'>", {("p", ("title",))}),
            ('<![><img src="]> onerror=x>">', {("img", ("src",))}),
            ("<!--><b>--><!-- <i> --><u>", {("b", ()), ("u", ())}),
            ("<textarea><b></TEXTAREA ><i>", {("textarea", ()), ("/textarea", ()), ("i", ())}),
            ("<p <b onclick>", {("p", ("<b", "onclick"))}),
            ("</ <? <! < 1 <", set()),
        ],
    )
    def test_reads_tags_as_a_browser_does(self, part, found):
        assert set(outline(part)) == found

    @pytest.mark.parametrize("place", ["<p>{}</p>", '<p title="{}"></p>', "<textarea>{}</textarea>"])
    def test_tells_strings_that_are_not_escaped(self, place):
        told = [
            string for string in hostile_strings(FOLDER / "markup.txt") if foreign_parts(place.format(string), place)
        ]

        assert len(told) > 1
