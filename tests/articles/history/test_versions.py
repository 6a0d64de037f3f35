"""What readers read is kept: once for each change of substance, under numbers without gaps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from articles.actions import correct
from articles.models import ArticlePage, Version
from tests.articles.editor.posting import article_form, signed_in
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def publish(article: ArticlePage, text: str = "More steam.", **fields):
    """Publish `article` with another text and other `fields`, as the page editor does, and return the revision."""
    page = article.get_latest_revision_as_object()
    page.body = [{"type": "text", "value": f"<p>{text}</p>"}]
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    revision.publish()
    return revision


def kept(article: ArticlePage) -> list[tuple[int, str, str]]:
    return list(article.versions.order_by("number").values_list("number", "kind", "note"))


def test_first_publication_is_a_version(make_article):
    article = make_article("Draft", live=False)
    assert kept(article) == []

    revision = article.get_latest_revision()
    revision.publish()

    version = Version.objects.get()
    revision.refresh_from_db()
    article.refresh_from_db()
    assert (version.number, version.kind, version.title) == (1, "published", "Draft")
    assert (version.revision, version.content) == (revision, revision.content)
    assert version.published_at == article.last_published_at


def test_correcting_a_typo_makes_none(article):
    publish(article, "More stream.")
    publish(article, "More steam.")

    assert kept(article) == [(1, "published", "")]


@pytest.mark.parametrize("field", [{"revised_on": date(2031, 5, 1)}, {"revision_note": "New study"}])
def test_change_of_substance_makes_one(article, field):
    publish(article, **field)

    assert kept(article) == [(1, "published", ""), (2, "revised", field.get("revision_note", ""))]


def test_note_that_stands_since_the_last_revision_makes_none_and_is_not_told_again(article):
    publish(article, "One.", revision_note="New study")
    publish(article, "Two.")
    publish(article, "Three.", revised_on=date(2031, 5, 1))

    assert kept(article) == [(1, "published", ""), (2, "revised", "New study"), (3, "revised", "")]


def test_taking_the_note_away_is_no_change_of_substance(article):
    publish(article, revision_note="New study", revised_on=date(2031, 5, 1))
    publish(article, revision_note="", revised_on=None)

    assert len(kept(article)) == 2


def test_revision_that_is_published_twice_is_kept_once(article):
    revision = publish(article, revision_note="New study")

    revision.publish()

    assert len(kept(article)) == 2


def test_article_that_comes_again_unchanged_is_not_kept_again(article):
    article.unpublish()

    ArticlePage.objects.get(pk=article.pk).save_revision().publish()

    assert len(kept(article)) == 1


def test_draft_and_schedule_make_none(article):
    page = article.get_latest_revision_as_object()
    page.revision_note, page.go_live_at = "New study", timezone.now() + timedelta(days=1)

    page.save_revision()
    page.save_revision().publish()

    assert len(kept(article)) == 1


def test_of_an_article_from_before_there_were_versions_the_former_text_is_kept(article):
    Version.objects.all().delete()
    former = article.live_revision

    publish(article, revision_note="New study")

    assert kept(article) == [(1, "published", ""), (2, "revised", "New study")]
    assert Version.objects.get(number=1).revision == former


def test_version_is_whole_without_its_revision(article):
    publish(article, revision_note="New study")
    content = Version.objects.get(number=1).content

    article.revisions.order_by("pk").first().delete()

    version = Version.objects.get(number=1)
    assert (version.revision, version.content) == (None, content)


@pytest.mark.parametrize("became", ["live", "unpublished"])
def test_open_editor_writes_over_its_drafts_but_not_over_what_others_rely_on(make_article, editor, became):
    article = make_article(live=False)
    stands = article.save_revision(user=editor)
    stands.publish(user=editor)
    if became == "unpublished":
        ArticlePage.objects.get(pk=article.pk).unpublish()
    stands.refresh_from_db()
    before, browser, answers = stands.content, signed_in(editor), []

    for text in ("Half a", "Half a sentence"):
        own = answers[-1]["revision_id"] if answers else stands.pk
        form = article_form(article, ("text", rich_text(f"<p>{text}</p>"))) | {"overwrite_revision_id": own}
        address = f"/admin/pages/{article.pk}/edit/"
        answers.append(browser.post(address, form, headers={"Accept": "application/json"}).json())

    stands.refresh_from_db()
    assert stands.content == before
    assert [answer["success"] for answer in answers] == [True, True]
    assert answers[0]["revision_id"] == answers[1]["revision_id"] != stands.pk
    assert "Half a sentence" in str(ArticlePage.objects.get(pk=article.pk).get_latest_revision().content["body"])


def test_what_follows_a_version_that_was_wrong_is_kept(article):
    wrong = article.versions.get()
    correct(article=article, text="It whistles.", wrong=wrong, by=None, today=NOON.date(), now=NOON)
    assert len(kept(article)) == 1

    publish(article, "It whistles.")
    publish(article, "It whistles!")

    assert kept(article) == [(1, "published", ""), (2, "corrected", "")]


def test_text_that_is_published_again_after_a_correction_corrects_nothing(article):
    correct(article=article, text="It whistles.", wrong=article.versions.get(), by=None, today=NOON.date(), now=NOON)

    article.get_latest_revision_as_object().save_revision().publish()

    assert kept(article) == [(1, "published", "")]


def test_alias_keeps_nothing_of_its_own(article):
    alias = article.create_alias(update_slug="alias")

    publish(article, revision_note="New study")

    assert kept(alias) == []
