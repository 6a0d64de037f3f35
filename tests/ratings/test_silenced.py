"""Who is muted or banned: refused in words on every path, and still free to take back what they gave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ratings import actions
from ratings.models import Comment, Ground, HelpfulVote, Rating, Reader, Report, Sanction, SanctionKind, State
from tests.ratings import posting
from tests.ratings.posting import GUEST, OWN, stamped
from tests.ratings.reading import look, page_of, words

pytestmark = pytest.mark.django_db

REASON = "Three insults in a row."


def silence(reader: Reader, moderator, kind=SanctionKind.BAN, **fields) -> Sanction:
    fields = {"ground": Ground.ABUSE, "reason": REASON, "now": timezone.now()} | fields
    return actions.sanction(reader=reader, kind=kind, moderator=moderator, **fields)


@pytest.fixture
def own(client, settings, make_comment) -> Comment:
    """A comment of this browser, which can still be edited."""
    admission = actions.admit(user=None, token="")
    client.cookies[settings.READER_COOKIE_NAME] = admission.new_token
    return make_comment(reader=admission.reader, now=timezone.now())


@pytest.fixture
def other(make_comment) -> Comment:
    return make_comment(State.PUBLISHED)


PATHS = {
    "comment": lambda client, own, other: posting.comment(client, own.article, text="Kept.", **stamped(own.article)),
    "reply": lambda client, own, other: posting.comment(
        client, own.article, text="Kept.", parent=other.public_id, **stamped(own.article)
    ),
    "review": lambda client, own, other: posting.comment(
        client, own.article, text="Kept.", kind="review", stars="5", **stamped(own.article)
    ),
    "preview": lambda client, own, other: posting.comment(client, own.article, text="Kept."),
    "edit": lambda client, own, other: posting.edit(client, own, "Kept."),
    "rate": lambda client, own, other: posting.rate(client, own.article, text="Kept."),
    "helpful": lambda client, own, other: posting.find_helpful(client, other),
    "report": lambda client, own, other: posting.report(client, other, note="Kept."),
}
WITHOUT_TEXT = {"helpful"}


class TestEveryPath:
    @pytest.mark.parametrize("kind", [SanctionKind.MUTE, SanctionKind.BAN])
    @pytest.mark.parametrize("path", PATHS)
    def test_it_is_refused_with_the_reason_and_the_text_is_kept(self, client, own, other, moderator, path, kind):
        silence(own.reader, moderator, kind, ends_at=timezone.now() + timedelta(days=3))

        answer = PATHS[path](client, own, other)

        assert answer.status_code == 403
        told = words(page_of(answer).select_one("main"))
        assert "you cannot respond here until" in told
        assert f"Insults or threats. {REASON}" in told
        assert path in WITHOUT_TEXT or posting.text_area(answer).strip() == "Kept."
        assert (Comment.objects.count(), Comment.objects.get(pk=own.pk).text) == (2, own.text)
        assert not any(model.objects.exists() for model in (Rating, HelpfulVote, Report))

    @pytest.mark.parametrize("kind", [SanctionKind.WARNING, SanctionKind.PREMODERATION])
    @pytest.mark.parametrize("path", [path for path in PATHS if path != "preview"])
    def test_milder_sanctions_keep_nobody_from_answering(self, client, own, other, moderator, path, kind):
        silence(own.reader, moderator, kind)

        assert PATHS[path](client, own, other).status_code == 303

    def test_taking_back_works(self, client, own, moderator):
        posting.rate(client, own.article)
        silence(own.reader, moderator)

        assert posting.withdraw(client, Rating.objects.get()).status_code == 303
        assert posting.delete(client, own).status_code == 303
        assert (Rating.objects.get().is_withdrawn, Comment.objects.get().state) == (True, State.DELETED)

    def test_helpful_is_taken_back_as_well(self, client, own, other, moderator):
        posting.find_helpful(client, other)
        silence(own.reader, moderator)

        assert posting.find_helpful(client, other, "0").status_code == 303
        assert Comment.objects.get(pk=other.pk).helpful_count == 0

    def test_reports_from_before_are_listed_and_take_nothing_away(self, other, make_reader, moderator):
        reporters = [make_reader() for _ in range(4)]
        for number, reporter in enumerate(reporters):
            sender = actions.Sender(network=f"network {number}")
            actions.report(
                comment=other, reader=reporter, reason=Report.Reason.FALSE, now=timezone.now(), sender=sender
            )
            if number < 2:
                silence(reporter, moderator)

        other.refresh_from_db()
        assert (other.state, Report.objects.open().count()) == (State.PUBLISHED, 4)

    @pytest.mark.parametrize("page", ["comment/{article}/", "report/{comment}/"])
    def test_nobody_types_what_cannot_be_sent(self, client, own, other, moderator, page):
        silence(own.reader, moderator)

        answer = client.get("/responses/" + page.format(article=own.article_id, comment=other.public_id))

        assert answer.status_code == 403
        assert "<textarea" not in answer.content.decode()
        assert "you cannot respond here any more" in answer.content.decode()

    def test_form_that_was_stored_before_is_refused_when_it_is_sent_again(self, client, article, moderator):
        form = stamped(article)
        posting.comment(client, article, **form)
        silence(Reader.objects.get(), moderator)

        answer = posting.comment(client, article, **form)

        assert (answer.status_code, posting.text_area(answer)) == (403, GUEST["text"])

    def test_it_works_again_after_the_end_and_once_it_is_lifted(self, client, own, moderator):
        past = timezone.now() - timedelta(days=2)
        silence(own.reader, moderator, SanctionKind.MUTE, now=past, ends_at=past + timedelta(days=1))
        assert posting.rate(client, own.article).status_code == 303

        ban = silence(own.reader, moderator)
        assert posting.rate(client, own.article, "3").status_code == 403
        actions.lift(sanction=ban, moderator=moderator, now=timezone.now())
        assert posting.rate(client, own.article, "3").status_code == 303


class TestWhom:
    def test_account_is_silenced_in_every_browser(self, article, make_user, moderator):
        user = make_user("ruth")
        silence(actions.admit(user=user, token="").reader, moderator)
        fresh = Client()
        fresh.force_login(user)

        assert posting.rate(fresh, article).status_code == 403
        assert posting.comment(fresh, article, **stamped(article)).status_code == 403

    def test_browser_of_a_silenced_account_is_silenced_signed_out_as_well(
        self, client, article, own, make_user, moderator
    ):
        client.force_login(make_user("ruth"))
        posting.rate(client, article)
        silence(Reader.objects.get(user__username="ruth"), moderator)
        del client.cookies["sessionid"]  # signed out, while the cookie of the reader stays

        assert posting.rate(client, article, "2").status_code == 403

    def test_guest_who_signs_in_carries_the_ban_along(self, client, article, own, make_user, moderator):
        user = make_user("ruth")
        member = actions.admit(user=user, token="").reader
        silence(own.reader, moderator)
        client.force_login(user)
        assert posting.rate(client, article).status_code == 403

        # Taking back joins the two readers for good.
        posting.delete(client, own)
        assert list(Sanction.objects.values_list("reader", flat=True)) == [member.pk]
        assert posting.rate(client, article).status_code == 403

    def test_other_account_that_signs_in_on_the_same_browser_is_somebody_else(
        self, client, article, make_user, moderator
    ):
        client.force_login(make_user("ruth"))
        posting.rate(client, article)
        silence(Reader.objects.get(), moderator)
        client.force_login(make_user("john"))

        assert posting.rate(client, article).status_code == 303
        assert client.get(f"/responses/comment/{article.pk}/").status_code == 200

    def test_new_guest_on_the_same_network_is_not_silenced(self, client, own, moderator):
        silence(own.reader, moderator)

        assert posting.rate(Client(), own.article).status_code == 303


class TestTelling:
    """No shadow bans: whoever is under a sanction sees it."""

    def addresses(self, own: Comment) -> list[str]:
        return ["/responses/", f"/responses/{own.public_id}/", f"/responses/comment/{own.article_id}/"]

    def test_warning_stands_on_every_own_page_until_it_was_read(self, client, own, moderator):
        warning = silence(own.reader, moderator, SanctionKind.WARNING)
        for address in self.addresses(own):
            assert REASON in client.get(address).content.decode(), address

        answer = client.post(f"/responses/sanctions/{warning.public_id}/read/", headers=OWN)

        assert (answer.status_code, answer["Location"]) == (303, "/responses/")
        assert [REASON in client.get(address).content.decode() for address in self.addresses(own)] == [
            True,
            False,
            False,
        ]
        assert Sanction.objects.get().read_at is not None

    def test_what_is_in_force_is_listed_with_its_end_and_what_is_not_is_gone(self, client, own, moderator):
        given = silence(own.reader, moderator, SanctionKind.MUTE, ends_at=timezone.now() + timedelta(days=3))
        actions.confirm(sanction=given, now=timezone.now())
        assert f"Reason: Insults or threats. {REASON}" in words(look(client, "/responses/").select_one(".own-list"))

        actions.lift(sanction=given, moderator=moderator, now=timezone.now())
        assert REASON not in client.get("/responses/").content.decode()

    def test_note_and_moderator_are_not_told(self, client, own, moderator):
        silence(own.reader, moderator, note="Known from elsewhere.")

        page = client.get("/responses/").content.decode()
        assert ("Known from elsewhere." in page, moderator.email in page) == (False, False)

    def test_nobody_else_reads_or_confirms_it(self, client, own, moderator):
        warning = silence(own.reader, moderator, SanctionKind.WARNING)
        stranger = Client()
        posting.rate(stranger, own.article)

        assert REASON not in stranger.get("/responses/").content.decode()
        assert stranger.post(f"/responses/sanctions/{warning.public_id}/read/", headers=OWN).status_code == 404
        assert Sanction.objects.get().read_at is None

    @pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
    def test_foreign_form_confirms_nothing(self, client, own, moderator, headers):
        warning = silence(own.reader, moderator, SanctionKind.WARNING)

        assert client.post(f"/responses/sanctions/{warning.public_id}/read/", headers=headers).status_code == 403
        assert client.get(f"/responses/sanctions/{warning.public_id}/read/").status_code == 405
        assert Sanction.objects.get().read_at is None
