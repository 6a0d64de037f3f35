"""What goes out comes back: as lines of JSON without a loss, as XML for WordPress without a change."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from articles.exchange.parts import hand_over, written
from ratings import actions
from ratings.models import Comment, Decision, Reader, State
from tests.conftest import NOON
from tests.ratings.exchange import samples
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussed(article, make_comment, make_review, make_reader, move, moderator):
    """An article with a comment in every state, a pinned review, an answer, an edit and a helpful vote."""
    writer = make_reader()
    review = make_review(4, reader=writer, text="Hot, *very*.")
    answer = make_comment(State.PUBLISHED, parent=review, text="Indeed & <b>so</b>.", now=NOON + timedelta(hours=1))
    for state in State:
        move(make_comment(State.PUBLISHED, text=f"To be {state}"), state, moderator=moderator)
    make_comment(State.PUBLISHED, reader=writer, text="Once more")
    actions.pin(comment=review, pinned=True, moderator=moderator, now=NOON)
    actions.pick(comment=answer, reason="Short", moderator=moderator, now=NOON)
    actions.find_helpful(comment=answer, reader=make_reader(), helpful=True, now=NOON)
    return article


def exported(*articles, **options) -> str:
    out = StringIO()
    call_command("export_comments", *articles, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["ndjson", "wxr"])
def test_own_export_changes_nothing_where_it_came_from(form, discussed, tmp_path, bring_in):
    before, rows = exported(format=form, with_addresses=True), list(Comment.objects.values())
    path = tmp_path / "comments"
    path.write_text(before)

    report, quarantined = bring_in(path)

    assert (report["unchanged"], report["created"], quarantined) == (len(rows), 0, [])
    assert (exported(format=form, with_addresses=True), list(Comment.objects.values())) == (before, rows)


def test_lines_come_back_into_an_empty_site_without_a_loss(discussed, tmp_path, bring_in):
    before = exported(with_addresses=True)
    path = tmp_path / "comments.ndjson"
    path.write_text(before)
    Comment.objects.update(parent=None, thread=None)
    Decision.objects.all()._raw_delete("default")
    discussed.reader_comments.all().delete()
    discussed.ratings.all().delete()
    discussed.rating_summary.delete()
    Reader.objects.all().delete()

    _report, quarantined = bring_in(path)

    assert quarantined == []
    assert exported(with_addresses=True) == before
    review, last = Comment.objects.get(text="Hot, *very*."), Comment.objects.get(text="Once more")
    assert (review.stars, review.is_pinned, review.reader) == (4, True, last.reader)
    assert wrong_numbers() == []


def test_imported_comments_are_known_again_where_their_export_goes(article, tmp_path, bring_in):
    bring_in(samples.wxr(tmp_path))
    path = tmp_path / "comments.ndjson"
    path.write_text(before := exported(with_addresses=True))
    Comment.objects.all().delete()

    bring_in(path)

    assert exported(with_addresses=True) == before
    assert bring_in(samples.wxr(tmp_path))[0]["unchanged"] == 4


def test_addresses_go_out_only_when_asked_for(discussed):
    for form in ("ndjson", "wxr"):
        assert "@example.org" not in exported(format=form)
        assert "reader1@example.org" in exported(format=form, with_addresses=True)


def test_xml_is_what_wordpress_reads(discussed):
    item = ElementTree.fromstring(exported(format="wxr")).find("channel/item")
    space = "{http://wordpress.org/export/1.2/}"
    answer = next(
        each for each in item.findall(f"{space}comment") if "Indeed" in each.findtext(f"{space}comment_content")
    )

    assert item.findtext(f"{space}post_name") == discussed.slug
    assert answer.findtext(f"{space}comment_content") == "<p>Indeed &amp; &lt;b&gt;so&lt;/b&gt;.</p>\n"
    review = Comment.objects.get(text="Hot, *very*.")
    assert answer.findtext(f"{space}comment_parent") == str(review.pk)


def test_only_the_articles_that_are_named_go_out(discussed, make_article, make_comment):
    other = make_article("Another")
    make_comment(State.PUBLISHED, article=other, text="Elsewhere")

    lines = [json.loads(line) for line in exported("another").splitlines()]

    assert [line["text"] for line in lines] == ["Elsewhere"]


def test_export_asks_as_often_for_many_as_for_one(discussed, django_assert_num_queries):
    with django_assert_num_queries(1):
        exported()


def test_part_of_an_article_comes_back_as_itself(discussed, make_article):
    part = written("comments", discussed)
    rows = list(Comment.objects.values())

    assert hand_over("comments", discussed, part)

    assert list(Comment.objects.values()) == rows
    for comment in part:
        del comment["public_id"], comment["parent_public_id"]
    other = make_article("A copy")
    hand_over("comments", other, part)
    hand_over("comments", other, part)
    assert Comment.objects.under(other).count() == len(rows)
    assert Comment.objects.get(article=other, text="Indeed & \\<b>so\\</b>.").parent.text == "Hot, *very*."
    assert wrong_numbers() == []
