"""Comments of every system come in as what they were: threads, words, states, dates, writers."""

from __future__ import annotations

import json

import pytest
from wagtail.contrib.redirects.models import Redirect

from articles.models import ImportedFrom
from ratings.models import Comment, HelpfulVote, ImportedComment, Reader, ReaderToken, State
from tests.ratings.exchange import samples
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db

FORMATS = [samples.disqus, samples.wxr, samples.isso, samples.isso_json, samples.remark42]


@pytest.mark.parametrize("sample", FORMATS, ids=lambda sample: sample.__name__)
def test_conversation_comes_in_as_it_was(sample, tmp_path, article, bring_in):
    report, quarantined = bring_in(sample(tmp_path))

    assert (report["created"], quarantined) == (4, [])
    question, answer, spam, deleted = Comment.objects.order_by("pk")
    assert (question.text, question.name, question.state) == ("Does it whistle?", "Ada", State.PUBLISHED)
    assert (answer.text, answer.parent, answer.thread) == ("It does, **mostly**.", question, question)
    assert (question.reply_count, question.thread, question.article) == (1, question, article)
    assert f"{question.created_at:%d %H:%M} {question.published_at:%d %H:%M}" == "01 10:00 01 10:00"
    assert spam.state in (State.SPAM, State.PENDING, State.HIDDEN)
    assert deleted.state == State.DELETED
    assert ReaderToken.objects.count() == 0
    assert wrong_numbers() == []


@pytest.mark.parametrize("sample", FORMATS, ids=lambda sample: sample.__name__)
def test_second_import_changes_nothing(sample, tmp_path, article, bring_in):
    path = sample(tmp_path)
    bring_in(path)
    before = list(Comment.objects.values()), Reader.objects.count(), HelpfulVote.objects.count()

    report, quarantined = bring_in(path)

    assert (report["unchanged"], report["created"], quarantined) == (4, 0, [])
    assert (list(Comment.objects.values()), Reader.objects.count(), HelpfulVote.objects.count()) == before


def test_dry_run_says_the_same_and_writes_nothing(tmp_path, article, bring_in):
    report, _quarantined = bring_in(samples.disqus(tmp_path), dry_run=True)

    assert (report["created"], Comment.objects.count(), Reader.objects.count()) == (4, 0, 0)


def test_changed_record_is_told_and_what_was_moderated_here_stays(tmp_path, article, bring_in, move, moderator):
    path = samples.disqus(tmp_path)
    bring_in(path)
    move(Comment.objects.get(text="Does it whistle?"), State.HIDDEN, moderator=moderator)
    path.write_text(path.read_text().replace("Does it whistle?", "Does it sing?"))

    report, _quarantined = bring_in(path)

    assert (report["differs"], report["unchanged"]) == (1, 3)
    assert Comment.objects.get(text="Does it whistle?").state == State.HIDDEN


def test_one_account_is_one_reader_and_no_address_of_a_machine_is_kept(tmp_path, article, bring_in):
    path = samples.disqus(tmp_path)
    bring_in(path)

    first, last = Comment.objects.filter(name="Ada").order_by("pk")
    assert first.reader == last.reader
    assert Reader.objects.count() == 3
    kept = list(Comment.objects.values()) + list(ImportedComment.objects.values())
    assert "203.0.113" not in str(kept)
    assert "ada" not in str(list(ImportedComment.objects.values_list("writer", flat=True)))


def test_pingbacks_are_counted_and_left_out(tmp_path, article, bring_in):
    report, _quarantined = bring_in(samples.wxr(tmp_path))

    assert report["ignored"] == {"pingback": 1}


def test_likes_come_along_as_votes_of_nobody(tmp_path, article, bring_in):
    bring_in(samples.isso(tmp_path), samples.remark42(tmp_path))

    assert list(Comment.objects.filter(name="Ben").values_list("helpful_count", flat=True)) == [2, 2]
    assert Reader.objects.filter(helpful_votes__isnull=False).distinct().count() == 2
    assert wrong_numbers() == []


def test_article_is_found_by_its_import_its_path_a_redirect_or_its_slug(tmp_path, make_article, bring_in):
    by_import, by_path, by_redirect, by_slug = (make_article(f"Kettle {name}") for name in "abcd")
    ImportedFrom.objects.create(article=by_import, source="wxr", foreign_id="https://old.example.org/?p=9", digest="x")
    Redirect.add_redirect("/2019/old", by_redirect)
    addresses = [
        "https://old.example.org/?p=9",
        f"https://elsewhere.example{by_path.url}?a=b#c",
        "https://old.example.org/2019/old/",
        f"http://old.example.org/blog/{by_slug.slug}",
        "https://old.example.org/unknown/",
    ]
    threads = [
        {"id": url, "comments": [{"id": 1, "text": "Hot", "created": "2019-05-01 10:00:00"}]} for url in addresses
    ]
    path = tmp_path / "isso.json"
    path.write_text(json.dumps(threads))

    _report, quarantined = bring_in(path)

    found = list(Comment.objects.order_by("pk").values_list("article", flat=True))
    assert found == [article.pk for article in (by_import, by_path, by_redirect, by_slug)]
    assert [line["reason"] for line in quarantined] == ["No article is found for it: https://old.example.org/unknown/."]
