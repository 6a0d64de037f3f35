"""Readers' words that are filled into HTML made before come out escaped and whole, whatever they look like."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from articles.models import ArticlePage
from ratings.looks import threads_html
from ratings.markup import comment_html
from ratings.models import Badge, Comment, State
from ratings.molds import IDENTIFIER, NUMBER, OTHER, Mold, mark
from ratings.pieces import filled, place
from ratings.thread import ShownComment
from tests.conftest import NOON

HOSTILE = (
    *("{", "}}", "{{ name }}", "{% url %}", "%s", "%(name)s", "\\1", "\\g<0>", "$&", "<", ">", "&amp;", "'", '"'),
    *("</script>", "<!--", "-->", "<b>", "\u2028", "\u202e", "\ufeff", str(NUMBER), str(IDENTIFIER), str(OTHER)),
    *(mark("name"), mark("html"), mark(""), "\ue000", "\ue001"),
    *(place("comments"), place("rating_line"), place("none"), "<!--responses:"),
)

words = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1).map(
    "".join
)


def comment(name: str, text: str, **fields) -> Comment:
    return Comment(name=name, text=text, state=State.PUBLISHED, created_at=NOON, article_id=1, thread_id=1, **fields)


@given(st.lists(words), st.dictionaries(st.sampled_from(["name", "html", "day"]), words, min_size=3))
def test_mold_is_its_text_and_its_values_and_nothing_is_filled_in_twice(texts, values):
    names = [("name", "html", "day")[number % 3] for number, _text in enumerate(texts)]
    marks = {name: mark(name) for name in values}
    plain = [re.sub("[\ue000\ue001]", "", text) for text in texts]  # texts of ours, which hold no marks
    html = "".join(f"{text}{marks[name]}" for text, name in zip(plain, names, strict=True))

    expected = "".join(f"{text}{values[name]}" for text, name in zip(plain, names, strict=True))
    assert Mold(html, marks).filled(values) == expected


@given(name=words, text=words, reason=words, answered=words)
def test_comment_shows_name_text_and_reason_as_they_are(name, text, reason, answered):
    first = ShownComment(comment=comment(name, text, pk=1, pick_reason=reason, helpful_count=3))
    to = comment(answered, text, pk=2, public_id=UUID(int=7))
    reply = ShownComment(comment=comment(name, text, pk=3, badge=Badge.STAFF), in_reply_to=to, more_replies=0)
    first.replies, first.more_replies = [reply], 4

    html = threads_html([first], ArticlePage(pk=1), closed=False, preview=False)

    assert html.count("<article ") == html.count("</article>") == 2
    assert html.count(comment_html(text)) >= 2
    assert html.count(escape(name)) >= 3  # of both comments, and of the link to more replies
    assert escape(reason) in html
    assert escape(answered) in html
    rest = html
    for value in sorted((comment_html(text), *map(escape, (name, reason, answered))), key=len, reverse=True):
        rest = rest.replace(value, "")
    if min(map(len, (name, reason, answered))) > 6:
        assert "\ue000" not in rest


@given(st.dictionaries(st.sampled_from(["comments", "rating", "rating_line"]), words, min_size=3))
def test_pieces_are_put_in_as_they_are_and_once(found):
    shell = "".join(f"<p>{place(name)}</p>" for name in found)

    assert filled(shell, found) == "".join(f"<p>{piece}</p>" for piece in found.values())


@pytest.mark.django_db
@pytest.mark.parametrize("string", ["".join(HOSTILE), *(f"a{each}b" for each in HOSTILE if "responses" in each)])
def test_page_with_such_a_title_body_name_and_text_is_whole(make_article, make_comment, string):
    article = make_article(
        string[:200].strip(),
        slug="kettle",
        body=[
            {"type": "heading", "value": {"text": string[:200], "level": "2"}},
            {"type": "text", "value": f"<p>{escape(string)}</p>"},
        ],
    )
    make_comment(State.PUBLISHED, article=article, name=string[:80], text=string)

    html = Client().get(article.url).content.decode()

    page = BeautifulSoup(html, "html.parser")
    assert "<!--responses:" not in html
    assert _seen(page.h1.get_text()) == _seen(article.title)
    assert len(page.select("#comments article")) == 1
    assert _seen(page.select_one(".comment-head bdi").get_text()) == _seen(Comment.objects.get().name)
    (data,) = page.select('script[type="application/ld+json"]')
    assert '"commentCount":1' in data.string
    assert any(_seen(node.get("name", "")) == _seen(article.title) for node in json.loads(data.string)["@graph"])


def _seen(text: str) -> str:
    return " ".join(text.split())


def test_days_differ_where_comments_differ():
    """What is filled in is that of each comment, and not of the first that was shown."""
    shown = [ShownComment(comment=comment(f"Ada {number}", "Hm.", pk=number)) for number in (1, 2)]
    shown[1].comment.created_at = NOON + timedelta(days=40)

    page = BeautifulSoup(threads_html(shown, ArticlePage(pk=1), closed=False, preview=False), "html.parser")

    assert [time["datetime"] for time in page.select("time")] == ["2026-11-02", "2026-12-12"]
