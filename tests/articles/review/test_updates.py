"""An update after the sign-off, and the end of a sign-off: what readers, reviewers and editors are told."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Revision

from articles.actions import Refused, note_update, sign_off, withdraw_sign_off
from articles.intervals import months_later
from articles.models import ArticlePage, Contributor, SignOff
from articles.review_mail import remind
from articles.what_changed import last_signed_off
from freshness import tags
from tests.articles.review.conftest import paragraph
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
LONG = "Steam needs room to leave the kettle and it sings while it goes out into the cold kitchen air."
DAY = timedelta(days=1)


@pytest.fixture
def article(make_article):
    return make_article(body=[paragraph(LONG)])


@pytest.fixture
def sign(article, author, admin):
    """Return a function that signs the article off, with other words where told so."""

    def signed(**changed) -> SignOff:
        fields = {"article": article, "reviewer": author, "kind": SignOff.Kind.MEDICAL, "signed_by": admin}
        return sign_off(**fields | {"today": timezone.localdate()} | changed)

    return signed


def publish(article, text: str) -> Revision:
    article.body = [paragraph(text)]
    revision = article.save_revision()
    revision.publish()
    return revision


class TestUpdate:
    def test_typo_fix_is_none_and_many_are_one(self, article, sign):
        signed, told = sign(), []

        for text in (LONG.replace("sings", "hums"), LONG.replace("sings", "hums").replace("the cold", "a warm")):
            publish(article, text)
            signed.refresh_from_db()
            told.append(signed.is_outdated)

        assert told == [False, True]
        assert signed.changed_on == timezone.localdate()

    def test_it_is_told_since_its_first_day(self, article, sign):
        signed = sign()
        publish(article, "Rewritten.")
        SignOff.objects.update(changed_on=TODAY)

        publish(article, "Rewritten again.")

        signed.refresh_from_db()
        assert signed.changed_on == TODAY

    def test_going_back_clears_it_and_pages_are_told(self, article, sign, monkeypatch):
        signed, told = sign(), []
        publish(article, "Rewritten.")
        article.body = [paragraph(LONG)]
        monkeypatch.setattr("articles.actions.reviewing.changed", lambda *found: told.extend(found))

        article.save_revision().publish()

        signed.refresh_from_db()
        assert (signed.changed_on, told) == (None, [tags.page(article.pk)])

    def test_text_counts_not_the_key_of_its_revision(self, article, sign):
        signed = sign()
        ArticlePage.objects.filter(pk=article.pk).update(title="Take 900 Pills at Once")

        note_update(article=article, today=timezone.localdate())

        signed.refresh_from_db()
        assert signed.is_outdated

    def test_purge_leaves_what_was_signed_and_deleting_the_article_does_not(self, article, sign):
        signed = sign()
        typo_fix = publish(article, LONG.replace("sings", "hums"))
        publish(article, LONG.replace("sings", "hisses"))

        typo_fix.delete()
        # As `purge_revisions` deletes each, which goes on then.
        with pytest.raises(ProtectedError), transaction.atomic():
            signed.revision.delete()

        publish(article, "Rewritten.")
        signed.refresh_from_db()
        assert signed.is_outdated
        article.delete()
        assert not Revision.objects.for_instance(article).exists()

    def test_new_sign_off_begins_without(self, article, sign):
        signed = sign()
        publish(article, "Rewritten.")
        article.refresh_from_db()

        assert sign().changed_on is None
        signed.refresh_from_db()
        assert signed.is_outdated

    def test_ended_ones_are_not_looked_at(self, article, sign, admin, django_assert_num_queries):
        withdraw_sign_off(sign_off=sign(), by=admin, now=NOON)
        article.body = [paragraph("Rewritten.")]

        with django_assert_num_queries(5):  # the lock, the article, its sign-offs in force; a savepoint around them
            note_update(article=article, today=timezone.localdate())

        assert not SignOff.objects.exclude(changed_on=None).exists()

    def test_what_changed_since_is_shown_where_it_is_signed(self, client, admin, article, sign):
        sign()
        publish(article, LONG.replace("sings", "hums"))
        client.force_login(admin)

        page = client.get(f"/admin/articles/{article.pk}/sign-off/").content.decode()

        assert last_signed_off(article).reviewer == "Ada Brook"
        assert "hums<span" in page
        assert "sings<span" in page


class TestFourEyes:
    def test_author_does_not_sign_what_readers_see(self, article, author, sign):
        article.contributors = [Contributor(author=author)]
        article.save_revision().publish()

        with pytest.raises(Refused, match="Ada Brook wrote this article"):
            sign()

    def test_author_does_not_sign_in_another_name(self, article, author, sign, make_user):
        other = type(author)(title="Bo Kent", account=make_user("bo"))
        author.get_parent().add_child(instance=other)
        article.contributors = [Contributor(author=other)]
        article.save_revision().publish()

        with pytest.raises(Refused, match="You wrote this article"):
            sign(signed_by=other.account)

    def test_expert_may(self, article, author, sign):
        article.contributors = [Contributor(author=author, role=Contributor.Role.EXPERT)]
        article.save_revision().publish()

        assert sign().reviewer == author


class TestReminders:
    @pytest.fixture
    def due(self, article, author, sign, make_user):
        """A sign-off that ends in thirty days, by somebody who has an account."""
        author.account = make_user("ada", "Medical reviewers")
        author.save()
        signed = sign(today=TODAY - 335 * DAY, due_on=TODAY + 30 * DAY)
        mail.outbox.clear()
        return SimpleNamespace(signed=signed, account=author.account)

    def test_comes_thirty_days_before_and_on_the_last_day_once_each(self, due):
        sent = [remind(today=TODAY + days * DAY) for days in (-1, 0, 0, 1, 29, 30, 31, 60)]

        # The reviewer, and the administrator who made it, for all editors.
        assert sent == [0, 2, 0, 0, 0, 2, 0, 0]

    def test_one_that_was_never_told_of_is_told_of_once(self, due):
        assert [remind(today=TODAY + days * DAY) for days in (40, 41)] == [2, 0]

    def test_one_mail_names_all(self, due, make_article, author, editor):
        sign_off(
            article=make_article("Why It Sings"),
            reviewer=author,
            kind=SignOff.Kind.MEDICAL,
            signed_by=None,
            today=TODAY - DAY,
            due_on=TODAY + 7 * DAY,
        )

        assert remind(today=TODAY) == 3
        assert {tuple(message.to) for message in mail.outbox} == {
            ("ada@example.org",),
            ("admin@example.org",),
            ("editor@example.org",),
        }
        assert {message.subject for message in mail.outbox} == {"2 reviews are due"}
        assert all(title in mail.outbox[0].body for title in ("Why the Kettle Whistles", "Why It Sings"))

    def test_checked_anew_withdrawn_or_unpublished_needs_none(self, due, article, admin, sign):
        listed = [list(SignOff.objects.reviews_due(TODAY, 30))]
        newer = sign(today=TODAY, due_on=TODAY + 365 * DAY)
        listed.append(list(SignOff.objects.reviews_due(TODAY, 30)))
        withdraw_sign_off(sign_off=newer, by=admin, now=NOON)
        listed.append(list(SignOff.objects.reviews_due(TODAY, 30)))
        article.unpublish()
        listed.append(list(SignOff.objects.reviews_due(TODAY, 30)))

        assert listed == [[due.signed], [], [due.signed], []]

    def test_who_cannot_be_reached_holds_up_nobody(self, due, monkeypatch):
        def refuse(subject, text, to):
            if to == ["ada@example.org"]:
                raise ConnectionRefusedError
            reached.extend(to)

        reached: list[str] = []
        monkeypatch.setattr("articles.review_mail.send_mail", refuse)

        assert remind(today=TODAY) == 1
        assert reached == ["admin@example.org"]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 2), 12, date(2027, 11, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_a_day_that_there_is(day, months, later):
    assert months_later(day, months) == later
