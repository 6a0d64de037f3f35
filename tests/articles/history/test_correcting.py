"""A correction is told once and for good."""

from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import PageLogEntry, PageViewRestriction

from articles.actions import Refused, correct, retract
from articles.models import ArticleIndexPage, ArticlePage, Correction, CorrectionStands, Version
from freshness.models import Change
from tests.articles.history.test_versions import publish
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

TEXT = "We wrote that steam is cold. In fact, it is hot."


def told(article, text: str = TEXT, **fields) -> Correction:
    given = {"wrong": article.versions.order_by("number").first(), "by": None} | fields
    return correct(article=article, text=text, today=NOON.date(), now=NOON, **given)


def test_correction_says_what_when_by_whom_and_which_version_was_wrong(article, editor):
    correction = told(article, f"  {TEXT}\n", by=editor)

    assert (correction.text, correction.corrected_on, correction.made_at) == (TEXT, NOON.date(), NOON)
    assert (correction.made_by, correction.wrong) == (editor, article.versions.get())
    entry = PageLogEntry.objects.get(page=article.pk, action="articles.correct")
    assert (entry.message, entry.comment, entry.user) == ("Corrected", TEXT, editor)
    assert Change.objects.filter(tag=f"page:{article.pk}").exists()


def test_same_correction_sent_twice_is_one(article):
    assert told(article) == told(article)
    assert Correction.objects.count() == 1


def test_text_that_was_published_as_if_it_were_a_typo_is_kept_once_it_is_told_to_be_a_correction(article):
    publish(article, "It is hot.")

    told(article)

    assert list(article.versions.order_by("number").values_list("kind", flat=True)) == ["published", "corrected"]


class TestRefusals:
    def test_nothing_or_too_much_to_tell(self, article):
        for text, message in (("", "what was wrong"), (" \n", "what was wrong"), ("x" * 1001, "1000 characters")):
            with pytest.raises(Refused, match=message):
                told(article, text)

    def test_version_of_another_article(self, article, make_article):
        with pytest.raises(Refused, match="another article"):
            told(article, wrong=make_article("Other").versions.get())

    def test_article_that_readers_cannot_see(self, make_article):
        draft, private = make_article("Draft", live=False), make_article("Private")
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        for article in (draft, private):
            with pytest.raises(Refused, match="not public"):
                told(article)

    def test_retracted_article(self, article):
        retract(article=article, reason="All wrong.", by=None, now=NOON)

        with pytest.raises(Refused, match="retracted"):
            told(article)

    def test_nothing_is_written(self, article):
        with pytest.raises(Refused):
            told(article, "")

        assert not Correction.objects.exists()
        assert not PageLogEntry.objects.filter(action="articles.correct").exists()


class TestForGood:
    @pytest.fixture
    def correction(self, article) -> Correction:
        return told(article)

    def test_it_is_neither_changed_nor_deleted(self, correction):
        correction.text = "Never mind."
        everything = Correction.objects.all()
        for doing in (
            correction.save,
            correction.delete,
            everything.delete,
            lambda: everything.update(text="Never mind."),
            lambda: Correction.objects.bulk_update([correction], ["text"]),
        ):
            with pytest.raises(CorrectionStands), transaction.atomic():
                doing()
        assert Correction.objects.get().text == TEXT

    def test_the_database_keeps_its_article_and_the_version_that_was_wrong(self, correction):
        with pytest.raises(ProtectedError):
            correction.wrong.delete()
        with pytest.raises(ProtectedError):
            ArticlePage.objects.get().delete()

    def test_it_outlives_the_account_of_who_made_it(self, article, editor):
        correction = told(article, by=editor)

        editor.delete()

        correction.refresh_from_db()
        assert correction.made_by is None

    @pytest.mark.parametrize("above", [False, True])
    def test_who_deletes_the_article_is_told_why_not(self, correction, client, admin, above):
        client.force_login(admin)
        page = ArticleIndexPage.objects.get() if above else correction.article

        answer = client.post(f"/admin/pages/{page.pk}/delete/", follow=True)

        assert "a correction stands for good" in answer.content.decode()
        assert ArticlePage.objects.filter(pk=correction.article_id).exists()

    def test_who_deletes_several_is_told_why_not(self, correction, client, admin, make_article):
        client.force_login(admin)
        other = make_article("Other")
        keys = f"id={correction.article_id}&id={other.pk}&next=/admin/"

        answer = client.post(f"/admin/bulk/wagtailcore/page/delete/?{keys}", follow=True)

        assert "a correction stands for good" in answer.content.decode()
        assert ArticlePage.objects.filter(pk__in=[correction.article_id, other.pk]).count() == 2

    def test_article_without_one_can_be_deleted_with_its_versions(self, article):
        ArticlePage.objects.get(pk=article.pk).delete()

        with pytest.raises(ObjectDoesNotExist):
            Version.objects.get()


class TestDesk:
    def address(self, article) -> str:
        return f"/admin/articles/{article.pk}/correct/"

    def test_editor_sees_first_what_readers_will_read(self, article, client, editor):
        client.force_login(editor)
        sent = {"text": "Steam <i>is</i> hot.", "wrong": article.versions.get().pk}

        answer = client.post(self.address(article), sent)

        assert not Correction.objects.exists()
        page = answer.content.decode()
        assert "What readers will read" in page
        assert page.count("Steam &lt;i&gt;is&lt;/i&gt; hot.") == 2  # as readers read it, and in the form
        assert "/articles/why-the-kettle-whistles/versions/1/" in page

        answer = client.post(self.address(article), sent | {"publish": "1"})

        assert answer.status_code == 302
        assert Correction.objects.get().made_by == editor

    def test_form_proposes_the_version_before_what_readers_see(self, article, client, editor):
        client.force_login(editor)
        publish(article, revision_note="New study")

        form = client.get(self.address(article)).context["form"]

        assert form.initial["wrong"].number == 1

    def test_what_cannot_be_is_said_in_words_and_the_text_is_kept(self, article, client, editor):
        client.force_login(editor)
        article.unpublish()

        answer = client.post(self.address(article), {"text": TEXT, "publish": "1"})

        assert answer.status_code == 409
        page = answer.content.decode()
        assert "is not public" in page
        assert TEXT in page

    def test_what_is_missing_or_too_long_is_said_and_the_text_is_kept(self, article, client, editor):
        client.force_login(editor)

        assert client.post(self.address(article), {"text": "", "publish": "1"}).status_code == 422
        answer = client.post(self.address(article), {"text": "hot " * 300, "publish": "1"})

        assert answer.status_code == 422
        assert "hot hot hot" in answer.content.decode()
        assert not Correction.objects.exists()

    @pytest.mark.parametrize("group", ["Writers", "Medical reviewers", "Comment moderators"])
    def test_nobody_but_who_publishes_and_may_correct_does(self, article, client, make_user, group):
        client.force_login(make_user("somebody", group, is_staff=True))

        for answer in (client.get(self.address(article)), client.post(self.address(article), {"text": TEXT})):
            assert answer.status_code in (302, 403)
        assert not Correction.objects.exists()

    def test_menu_leads_there_only_where_it_can_be_done(self, article, make_article, client, editor):
        client.force_login(editor)
        draft = make_article("Draft", live=False)

        assert self.address(article) in client.get(f"/admin/pages/{article.pk}/edit/").content.decode()
        assert self.address(draft) not in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
