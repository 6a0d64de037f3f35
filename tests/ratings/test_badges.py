"""What the person behind an account is to an article."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Contributor
from authors.models import Credential
from ratings.badges import names_of_staff
from ratings.models import Badge, Comment, Reader, State
from ratings.selection import Selection
from ratings.thread import responses_to
from tests.ratings.posting import GUEST, comment, stamped, text_area, written

Role = Contributor.Role


@pytest.fixture
def ada(author, make_user) -> Reader:
    """The account of the author page."""
    author.account = make_user("ada", first_name="Ada", last_name="Brook")
    author.save_revision().publish()
    return Reader.objects.create(user=author.account)


def has_part(article, author, *roles: str) -> None:
    article.contributors = [Contributor(author=author, role=role) for role in roles]
    article.save_revision().publish()


class TestBadge:
    @pytest.mark.parametrize(
        ("roles", "badge"),
        [
            ([Role.AUTHOR], Badge.AUTHOR),
            ([Role.REVIEWER], Badge.REVIEWER),
            ([Role.EDITOR], Badge.STAFF),
            ([Role.EXPERT], Badge.STAFF),
            ([Role.FACT_CHECKER], Badge.STAFF),
            ([Role.REVIEWER, Role.AUTHOR], Badge.AUTHOR),
            ([Role.EDITOR, Role.REVIEWER], Badge.REVIEWER),
        ],
    )
    def test_contributor_has_the_badge_of_the_nearest_part(self, make_comment, article, author, ada, roles, badge):
        has_part(article, author, *roles)

        written = make_comment(reader=ada)

        assert (written.badge, written.person) == (badge, author)

    def test_author_of_another_article_has_none(self, make_comment, make_article, author, ada):
        has_part(make_article("Another One"), author, Role.AUTHOR)

        written = make_comment(reader=ada)

        assert (written.badge, written.person) == (Badge.NONE, None)

    def test_moderators_and_editors_are_staff_under_every_article(self, make_comment, moderator, editor):
        found = [make_comment(reader=Reader.objects.create(user=user)).badge for user in (moderator, editor)]

        assert found == [Badge.STAFF, Badge.STAFF]

    def test_readers_and_guests_have_none(self, make_comment, make_user, reader):
        ruth = Reader.objects.create(user=make_user("ruth"))

        assert [make_comment(reader=someone).badge for someone in (ruth, reader)] == [Badge.NONE, Badge.NONE]

    def test_name_proves_nothing(self, make_comment, article, author):
        has_part(article, author, Role.AUTHOR)

        assert make_comment(name=author.title).badge == Badge.NONE

    def test_account_that_was_closed_has_none(self, make_comment, article, author, ada):
        has_part(article, author, Role.AUTHOR)
        ada.user.is_active = False
        ada.user.save()

        assert make_comment(reader=ada).badge == Badge.NONE

    def test_it_is_what_somebody_was_when_writing(self, make_comment, article, author, ada):
        has_part(article, author, Role.AUTHOR)
        written = make_comment(reader=ada)
        has_part(article, author)

        written.refresh_from_db()
        assert written.badge == Badge.AUTHOR

    def test_it_cannot_be_sent(self, client, article, author):
        stored = written(client, article, badge="author", person=str(author.pk))

        assert (stored.badge, stored.person) == (Badge.NONE, None)

    def test_account_writes_over_http_with_its_badge(self, client, article, author, ada):
        has_part(article, author, Role.AUTHOR)
        client.force_login(ada.user)

        assert written(client, article).badge == Badge.AUTHOR

    def test_it_ends_with_the_session(self, client, article, author, ada):
        has_part(article, author, Role.AUTHOR)
        written(client, article, text="Before signing in.")
        client.force_login(ada.user)
        assert written(client, article).badge == Badge.AUTHOR
        del client.cookies["sessionid"]  # the reader's own cookie stays in the browser

        later = written(client, article, text="Written by whoever uses the browser now.")

        assert (later.reader_id, later.badge, later.person) == (ada.pk, Badge.NONE, None)


class TestShown:
    @pytest.fixture
    def answer(self, make_comment, article, author, ada) -> Comment:
        author.credentials = [Credential(degree="MD", body="A University"), Credential(degree="PhD", body="Another")]
        author.save_revision().publish()
        has_part(article, author, Role.REVIEWER)
        return make_comment(State.PUBLISHED, reader=ada, name="Ada Brook")

    def test_reviewer_is_shown_with_credentials_and_a_link_to_their_page(self, answer, article, author):
        (shown,) = responses_to(article, Selection()).threads
        assert [credential.degree for credential in shown.credentials] == ["MD", "PhD"]

        page = Client().get(article.url).content.decode()
        assert "MD" in page
        assert f'href="{author.url}"' in page

    def test_person_whose_page_is_withdrawn_is_not_led_to_nor_are_the_credentials_shown(self, answer, article, author):
        author.unpublish()

        (shown,) = responses_to(article, Selection()).threads
        assert shown.credentials == []
        page = Client().get(article.url).content.decode()
        assert "MD" not in page
        assert f'href="{author.url}"' not in page

    def test_guests_have_no_credentials(self, make_comment, article):
        make_comment(State.PUBLISHED)

        assert responses_to(article, Selection()).threads[0].credentials == []


class TestAnsweredQuestion:
    @pytest.fixture
    def question(self, make_comment) -> Comment:
        return make_comment(State.PUBLISHED, kind="question")

    def is_answered(self, article, **selection) -> bool:
        return responses_to(article, Selection(**selection)).threads[0].is_answered

    @pytest.mark.parametrize(("role", "answered"), [(Role.AUTHOR, True), (Role.REVIEWER, True), (Role.EDITOR, False)])
    def test_author_and_reviewer_answer_it(self, question, make_comment, article, author, ada, role, answered):
        has_part(article, author, role)
        assert not self.is_answered(article)

        make_comment(State.PUBLISHED, reader=ada, parent=question)

        assert self.is_answered(article) == answered

    def test_thread_on_its_own_page_says_the_same(self, question, make_comment, article, author, ada):
        has_part(article, author, Role.AUTHOR)
        assert not self.is_answered(article, thread=question.public_id)

        make_comment(State.PUBLISHED, reader=ada, parent=question)

        assert self.is_answered(article, thread=question.public_id)

    def test_answer_that_is_not_shown_is_none(self, question, make_comment, article, author, ada):
        has_part(article, author, Role.AUTHOR)
        make_comment(State.PENDING, reader=ada, parent=question)

        assert not self.is_answered(article)

    def test_other_readers_do_not_answer_it(self, question, make_comment, article):
        make_comment(State.PUBLISHED, parent=question)

        assert not self.is_answered(article)


class TestNames:
    def test_names_of_those_who_write_or_work_here_are_taken(self, author, make_user, admin):
        make_user("jo", "Editors", first_name="Jo", last_name="Stone")
        make_user("max", "Comment moderators", first_name="Max")
        make_user("ruth", first_name="Ruth", last_name="Lee")
        make_user("gone", "Editors", first_name="Gone", last_name="Away", is_active=False)

        names = {name.strip() for name in names_of_staff()}

        assert {"Ada Brook", "Jo Stone", "Max"} <= names
        assert not {"Ruth Lee", "Gone Away"} & names

    def test_names_of_accounts_are_told_to_nobody(self, client, article, make_user, admin):
        make_user("jo1987", "Editors", first_name="Jo", last_name="Stone")

        assert not {"jo1987", "admin"} & set(names_of_staff())
        assert written(client, article, name="jo1987").name == "jo1987"

    def test_no_name_is_empty(self, make_user):
        make_user("max", "Comment moderators")

        assert all(name.strip() for name in names_of_staff())

    @pytest.mark.parametrize("name", ["Ada Brook", "ada  brook", "Аda Brооk", "Admin", "Аdmin", "M\u200boderator"])
    def test_guest_who_poses_as_somebody_here_is_asked_for_another_name(self, client, article, author, name):
        answer = comment(client, article, name=name, **stamped(article))

        assert (answer.status_code, text_area(answer)) == (422, GUEST["text"])
        assert not Comment.objects.exists()

    def test_the_person_themselves_may_use_it(self, client, article, ada):
        client.force_login(ada.user)

        assert written(client, article).name == "Ada Brook"
