"""What is kept of the examinations of all articles, and when each is examined again."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.actions import waive
from articles.models import ArticlePage, Examination
from articles.readiness import examining
from articles.readiness.examining import examine_again, examine_article, out_of_date
from articles.readiness.gate import examine

NOW = datetime(2036, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def unfinished(make_article) -> ArticlePage:
    body = [{"type": "text", "value": "<p>It whistles TK. Studies say so.</p>"}]
    return make_article(live=False, body=body, summary="S", search_description="D")


def kept(article: ArticlePage) -> Examination:
    return Examination.objects.get(article=article)


def change(article: ArticlePage, html: str) -> None:
    latest = article.get_latest_revision_as_object()
    latest.body = [{"type": "text", "value": html}]
    latest.save_revision()


def test_examination_keeps_counts_and_every_finding(unfinished):
    examine_article(unfinished, now=NOW)
    found = kept(unfinished)
    assert (found.revision_id, found.examined_at) == (unfinished.latest_revision_id, NOW)
    assert (found.errors, found.placeholders, found.words, found.lix) == (1, 1, 6, 36)
    assert [(each["rule"], each["severity"]) for each in found.findings] == [
        ("placeholder", "error"),
        ("author_missing", "warning"),
        ("topic_missing", "warning"),
        ("unsourced_claim", "warning"),
    ]
    assert found.warnings == 3


def test_draft_is_examined_not_what_readers_see(article):
    change(article, "<p>TK</p>")
    examine_again(now=NOW)
    assert kept(article).errors == 1


def test_each_article_is_examined_once_until_it_changes(article, unfinished):
    assert (examine_again(now=NOW), examine_again(now=LATER)) == (2, 0)
    change(unfinished, "<p>It whistles.</p>")
    assert (examine_again(now=LATER), kept(unfinished).errors) == (1, 0)


def test_answered_warning_is_counted_no_more(unfinished, editor):
    examine_again(now=NOW)
    (claim,) = [finding for finding in examine(unfinished) if finding.rule == "unsourced_claim"]
    waive(article=unfinished, warnings=[claim], reason="Everybody knows.", by=editor, now=LATER)
    assert (examine_again(now=LATER), kept(unfinished).warnings) == (1, 2)


def test_examination_is_renewed_after_a_day_since_dates_lapse(article):
    examine_again(now=NOW)
    assert examine_again(now=NOW + timedelta(hours=23)) == 0
    assert examine_again(now=NOW + timedelta(hours=24)) == 1


def test_what_changed_comes_before_what_is_only_old_and_a_run_goes_on_where_the_last_one_stopped(make_article):
    articles = [make_article(f"Article {number}") for number in range(3)]
    examine_again(now=NOW)
    tomorrow = NOW + timedelta(days=1)
    change(articles[1], "<p>New.</p>")
    assert out_of_date(tomorrow)[0].pk == articles[1].pk
    assert [examine_again(now=tomorrow, limit=2) for _ in range(3)] == [2, 1, 0]


def test_article_that_cannot_be_examined_holds_up_no_other(make_article, monkeypatch, caplog):
    broken, other = make_article("Broken"), make_article("Other")
    draft_of = examining.draft_of

    def fails_for_one(article, **options):
        if article.pk == broken.pk:
            raise ValueError
        return draft_of(article, **options)

    monkeypatch.setattr(examining, "draft_of", fails_for_one)
    assert (examine_again(now=NOW), examine_again(now=LATER)) == (2, 0)
    assert f"The article {broken.pk} cannot be examined." in caplog.text
    assert (kept(broken).findings, len(kept(other).findings)) == ([], 4)
