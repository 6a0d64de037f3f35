"""The screens of an article in the admin on which it is signed off and retracted, and who may use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from articles.actions import sign_off
from articles.models import ArticlePage, Retraction, SignOff
from authors.models import AuthorPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(make_user, author):
    """A medical reviewer whose account belongs to an author page."""
    user = make_user("reviewer", "Medical reviewers")
    AuthorPage.objects.filter(pk=author.pk).update(account=user)
    return user


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(article, what: str = "sign-off") -> str:
    return f"/admin/articles/{article.pk}/{what}/"


def post_sign_off(client: Client, article, **fields):
    return client.post(address(article), {"kind": "medical", "seen": article.live_revision_id} | fields)


def reviewers_offered(client: Client, article) -> list[str]:
    page = BeautifulSoup(client.get(address(article)).content, "html.parser")
    return [option.text for option in page.select("select[name=reviewer] option") if option["value"]]


class TestSigningOff:
    def test_reviewer_signs_as_themselves(self, reviewer, author, article, make_article):
        client = signed_in(reviewer)
        other = AuthorPage(title="Somebody Else")
        author.get_parent().add_child(instance=other)

        assert reviewers_offered(client, article) == ["Ada Brook"]
        assert post_sign_off(client, article, reviewer=other.pk).status_code == 422
        assert post_sign_off(client, article, reviewer=author.pk).status_code == 302

        signed = SignOff.objects.get()
        assert (signed.reviewer, signed.signed_by, signed.signed_on) == (author, reviewer, timezone.localdate())

    def test_administrator_says_who_has_checked(self, admin, author, article):
        client = signed_in(admin)

        assert reviewers_offered(client, article) == ["Ada Brook"]
        post_sign_off(client, article, reviewer=author.pk, due_on="2099-01-31")

        assert str(SignOff.objects.get().due_on) == "2099-01-31"

    def test_reviewer_without_an_author_page_is_told_what_to_do(self, make_user, article):
        client = signed_in(make_user("reviewer", "Medical reviewers"))

        assert "belongs to no published author page" in client.get(address(article)).content.decode()

    def test_editor_alone_may_not_sign(self, editor, author, article):
        client = signed_in(editor)

        assert client.get(address(article))["Location"] == "/admin/"
        post_sign_off(client, article, reviewer=author.pk)
        assert not SignOff.objects.exists()

    def test_what_was_published_since_it_was_read_is_not_signed(self, admin, author, article):
        seen = article.live_revision_id
        article.save_revision().publish()

        answer = post_sign_off(signed_in(admin), article, reviewer=author.pk, seen=seen, due_on="2099-01-31")

        assert answer.status_code == 409
        assert "published anew" in answer.content.decode()
        form = BeautifulSoup(answer.content, "html.parser")
        assert form.select_one("input[name=due_on]")["value"] == "2099-01-31"
        article.refresh_from_db()
        assert form.select_one("input[name=seen]")["value"] == str(article.live_revision_id)
        assert not SignOff.objects.exists()

    @pytest.mark.parametrize("fields", [{"kind": "magic"}, {"due_on": "tomorrow"}, {"reviewer": "0"}, {"seen": "x"}])
    def test_bad_input_is_told_in_words(self, admin, author, article, fields):
        answer = post_sign_off(signed_in(admin), article, **{"reviewer": author.pk} | fields)

        assert answer.status_code == 422
        assert not SignOff.objects.exists()

    def test_sign_offs_are_withdrawn_by_who_signed_or_an_administrator(self, reviewer, admin, author, article, editor):
        editor.groups.add(Group.objects.get(name="Medical reviewers"))
        for user, is_withdrawn in ((editor, False), (reviewer, True), (admin, True)):
            signed = sign_off(
                article=article,
                reviewer=author,
                kind=SignOff.Kind.MEDICAL,
                signed_by=reviewer,
                today=timezone.localdate(),
                due_on=timezone.localdate() + timedelta(days=30),
            )
            client, withdraw = signed_in(user), f"/admin/articles/sign-offs/{signed.pk}/withdraw/"

            assert (withdraw in client.get(address(article)).content.decode()) == is_withdrawn
            client.post(withdraw)

            signed.refresh_from_db()
            assert (signed.withdrawn_by == user) == is_withdrawn


class TestRetracting:
    def test_editor_retracts_with_a_reason(self, editor, article):
        answer = signed_in(editor).post(address(article, "retract"), {"reason": "It was wrong."})

        assert answer.status_code == 302
        assert Retraction.objects.get().reason == "It was wrong."

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
    def test_reason_is_asked_for(self, editor, article, reason):
        answer = signed_in(editor).post(address(article, "retract"), {"reason": reason})

        assert answer.status_code == 422
        assert ArticlePage.objects.get(pk=article.pk).live

    def test_second_of_two_editors_is_told_and_sees_the_reason(self, editor, article):
        client = signed_in(editor)
        client.post(address(article, "retract"), {"reason": "<b>It was wrong."})

        answer = client.post(address(article, "retract"), {"reason": "Me too."})

        assert answer.status_code == 409
        assert "was retracted already" in answer.content.decode()
        assert "&lt;b&gt;It was wrong." in answer.content.decode()

    def test_who_may_not_publish_the_article_may_not_retract_it(self, editor, reviewer, article):
        editor.groups.get().page_permissions.all().delete()

        for user in (editor, reviewer):
            answer = signed_in(user).post(address(article, "retract"), {"reason": "No."})
            assert answer["Location"] == "/admin/"
        assert not Retraction.objects.exists()


def test_menu_of_an_article_leads_there(admin, article):
    page = signed_in(admin).get(f"/admin/pages/{article.pk}/edit/").content.decode()

    assert [address(article, what) in page for what in ("sign-off", "retract")] == [True, True]


def test_topic_has_neither(admin, article):
    topics = article.get_parent()
    page = signed_in(admin).get(f"/admin/pages/{topics.pk}/edit/").content.decode()

    assert [address(topics, what) in page for what in ("sign-off", "retract")] == [False, False]


@pytest.mark.parametrize("bulk", [False, True])
def test_author_who_signed_an_article_off_is_not_deleted(admin, author, article, bulk):
    sign_off(article=article, reviewer=author, kind=SignOff.Kind.MEDICAL, signed_by=admin, today=timezone.localdate())
    there = f"/admin/bulk/wagtailcore/page/delete/?id={author.pk}" if bulk else f"/admin/pages/{author.pk}/delete/"

    answer = signed_in(admin).post(there, follow=True)

    assert "signed articles off" in answer.content.decode()
    assert AuthorPage.objects.filter(pk=author.pk).exists()
