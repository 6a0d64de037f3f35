"""An article on its way from its writer to readers, and the signature on that way."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from articles.actions import begin_sign_offs
from articles.intervals import months_later
from articles.models import Contributor, ReviewState, SignOff, TopicPage
from articles.readiness.around import is_medically_reviewed
from authors.models import AuthorPage
from tests.articles.review.conftest import paragraph, post_review, seen, signed_in, step

pytestmark = pytest.mark.django_db


def screen(client, article) -> BeautifulSoup:
    answer = client.get(f"/admin/articles/{article.pk}/review/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def changes_told(page: BeautifulSoup) -> list[str]:
    return [" ".join(section.get_text().split()) for section in page.select(".change")]


def workflow_action(client, article, action: str, **fields):
    state = article.current_workflow_task_state
    return client.post(f"/admin/pages/workflow/action/{article.pk}/{action}/{state.pk}/", fields)


def rewrite(article, text: str):
    """Return a new revision of `article` that says `text`."""
    article.body = [paragraph(text)]
    return article.save_revision()


def test_article_goes_from_its_writer_to_readers_with_a_byline(client, people, make_article):
    article = make_article(live=False, owner=people.writer, hero_alt="")
    article.contributors = [Contributor(author=people.wilma)]
    article.save_revision(user=people.writer)
    article.get_workflow().start(article, people.writer)
    assert step(article) == "Edit"
    workflow_action(signed_in(people.editor), article, "approve")
    assert step(article) == "Medical review"
    post_review(signed_in(people.reviewer), article, reviewer=people.ada.pk, due_on="2099-01-31")
    assert step(article) == "Publish"
    assert client.get(article.url).status_code == 404
    assert not SignOff.objects.exists()
    workflow_action(signed_in(people.editor), article, "approve")

    article.refresh_from_db()
    html = client.get(article.url).content.decode()
    nodes = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])["@graph"]
    page = next(node for node in nodes if node.get("lastReviewed"))
    assert page["lastReviewed"] == timezone.localdate().isoformat()
    assert [person["name"] for person in page["reviewedBy"]] == ["Ada Brook"]
    assert "Ada Brook" in BeautifulSoup(html, "html.parser").select_one("main").get_text()
    signed = SignOff.objects.get()
    assert (signed.reviewer, signed.signed_by, str(signed.due_on)) == (people.ada, people.reviewer, "2099-01-31")
    assert (signed.signed_on, signed.changed_on) == (timezone.localdate(), None)
    assert PageLogEntry.objects.filter(page=article.pk, action="articles.sign_off").count() == 1


class TestMail:
    def test_reviewers_are_told_where_to_review(self, people, waiting):
        told = [message for message in mail.outbox if message.to == [people.reviewer.email]]

        assert ["Medical review" in message.subject for message in told] == [True]
        assert f"/admin/articles/{waiting.pk}/review/" in told[0].body

    def test_what_is_to_be_changed_reaches_who_handed_it_over(self, people, waiting):
        answer = post_review(signed_in(people.reviewer), waiting, comment="Say how much room.")

        assert answer.status_code == 302
        state = TaskState.objects.get(task__name="Medical review")
        assert (state.status, state.comment) == ("rejected", "Say how much room.")
        assert [message.to for message in mail.outbox if "Say how much room." in message.body] == [
            ["writer@example.org"]
        ]


class TestScreen:
    def test_who_never_signed_sees_the_whole_article(self, people, waiting):
        page = screen(signed_in(people.reviewer), waiting)

        assert changes_told(page) == ["Title Why the Kettle Whistles", "Text Steam needs room."]
        assert [option.text for option in page.select("select[name=reviewer] option[selected]")] == ["Ada Brook"]

    def test_next_time_only_what_changed_since(self, people, signed):
        article = signed.article
        signed.workflow_state.current_task_state.approve(user=people.editor)
        article.refresh_from_db()
        article.body = [paragraph("Steam needs more room."), paragraph("It sings.", "2")]
        article.save_revision()
        article.get_workflow().start(article, people.writer)
        article.current_workflow_task_state.approve(user=people.editor)

        page = screen(signed_in(people.reviewer), article)

        assert changes_told(page) == [
            "Text: changed Steam needs [added: more ]room.",
            "Text: added [added: It sings.]",
        ]
        assert [mark.contents[1] for mark in page.select("ins")] == ["more ", "It sings."]

    def test_next_review_is_proposed_by_the_strictest_topic(self, people, waiting):
        above = TopicPage(title="Health", review_months=18)
        TopicPage.objects.get().add_child(instance=above)
        below, strict = TopicPage(title="Backs"), TopicPage(title="Drugs", review_months=6)
        above.add_child(instance=below)
        above.add_child(instance=strict)
        client, proposed = signed_in(people.reviewer), []
        for topics in ([], [below], [below, strict]):
            draft = waiting.get_latest_revision_as_object()
            draft.topics.set(topics)
            draft.save_revision()
            proposed.append(screen(client, waiting).select_one("input[name=due_on]")["value"])

        assert proposed == [str(months_later(timezone.localdate(), months)) for months in (12, 18, 6)]

    def test_reviewer_comments_in_the_editor(self, people, waiting):
        client = signed_in(people.reviewer)

        assert f"/admin/pages/{waiting.pk}/edit/" in str(screen(client, waiting))
        assert client.get(f"/admin/pages/{waiting.pk}/edit/").status_code == 200

    def test_article_that_waits_for_somebody_else_is_not_shown(self, people, submitted, make_user):
        for user in (people.reviewer, people.writer):
            answer = signed_in(user).get(f"/admin/articles/{submitted.pk}/review/", follow=True)
            assert "Steam needs room" not in answer.content.decode()

    def test_reviewer_without_a_page_is_told_what_to_do(self, people, waiting):
        AuthorPage.objects.update(account=None)

        page = screen(signed_in(people.reviewer), waiting)

        assert "belongs to no published author page" in page.get_text()
        assert page.select("input[name=due_on]") == []


class TestSignature:
    def test_what_was_edited_since_is_not_signed(self, people, waiting):
        client, old = signed_in(people.reviewer), seen(waiting)
        draft = waiting.get_latest_revision_as_object()
        draft.body = [paragraph("Steam needs no room.")]
        draft.save_revision()

        answer = post_review(client, waiting, reviewer=people.ada.pk, seen=old, due_on="2099-01-31")

        form = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 409
        assert "was edited since" in form.get_text()
        assert form.select_one("input[name=due_on]")["value"] == "2099-01-31"
        waiting.refresh_from_db()
        assert form.select_one("input[name=seen]")["value"] == seen(waiting) != old
        assert step(waiting) == "Medical review"

    def test_text_that_an_open_editor_writes_over_is_not_signed(self, people, waiting):
        old, draft = seen(waiting), waiting.get_latest_revision_as_object()
        draft.title = "Why It Does Not"
        revision = waiting.get_latest_revision()
        draft.save_revision(user=revision.user, overwrite_revision=revision)

        assert post_review(signed_in(people.reviewer), waiting, reviewer=people.ada.pk, seen=old).status_code == 409

    def test_nobody_writes_over_what_was_signed(self, people, signed):
        draft = signed.article

        for user in (people.writer, people.reviewer):
            with pytest.raises(PermissionDenied):
                draft.save_revision(user=user, overwrite_revision=signed.revision)

    def test_author_does_not_sign_their_own_article(self, people, waiting):
        draft = waiting.get_latest_revision_as_object()
        draft.contributors = [Contributor(author=people.ada)]
        draft.save_revision()

        answer = post_review(signed_in(people.reviewer), waiting, reviewer=people.ada.pk)

        assert answer.status_code == 409
        assert "Somebody else has to sign" in answer.content.decode()

    def test_administrator_who_wrote_it_does_not_sign_in_another_name(self, people, waiting, admin):
        AuthorPage.objects.filter(pk=people.wilma.pk).update(account=admin)

        assert post_review(signed_in(admin), waiting, reviewer=people.ada.pk).status_code == 409

    @pytest.mark.parametrize(
        "fields", [{"reviewer": ""}, {"due_on": ""}, {"due_on": "soon"}, {"seen": ""}, {"comment": " "}]
    )
    def test_bad_input_is_told_in_words(self, people, waiting, fields):
        answer = post_review(signed_in(people.reviewer), waiting, **{"reviewer": people.ada.pk} | fields)

        assert answer.status_code == 422
        assert step(waiting) == "Medical review"

    def test_review_does_not_end_without_one(self, people, waiting):
        client = signed_in(people.reviewer)

        answer = workflow_action(client, waiting, "approve", comment="Fine.")

        assert answer["Location"] == f"/admin/articles/{waiting.pk}/review/"
        with pytest.raises(PermissionDenied):
            waiting.current_workflow_task_state.approve(user=people.reviewer)
        assert step(waiting) == "Medical review"

    def test_second_one_finds_nothing_to_sign(self, people, signed):
        answer = post_review(signed_in(people.reviewer), signed.article, reviewer=people.ada.pk, due_on="2099-01-31")

        assert answer["Location"] == "/admin/"
        assert ReviewState.objects.get().due_on != date(2099, 1, 31)


class TestWhenReadersSeeIt:
    def test_sign_off_keeps_its_day_and_its_revision(self, people, signed):
        yesterday = timezone.localdate() - timedelta(days=1)
        ReviewState.objects.update(signed_on=yesterday)

        signed.workflow_state.current_task_state.approve(user=people.editor)

        found = SignOff.objects.get()
        assert (found.signed_on, found.revision) == (yesterday, signed.revision)

    def test_it_is_made_once(self, people, signed):
        signed.workflow_state.current_task_state.approve(user=people.editor)
        article = signed.article
        article.save_revision().publish()

        assert begin_sign_offs(article=article, today=timezone.localdate()) == []
        assert SignOff.objects.count() == 1

    def test_editor_who_publishes_past_the_workflow_takes_the_signature_along(self, people, signed):
        signed.article.save_revision().publish()

        assert SignOff.objects.get().reviewer == people.ada

    def test_older_text_than_the_signed_one_does_not_begin_it(self, people, signed):
        signed.article.revisions.order_by("pk").first().publish()

        assert not SignOff.objects.exists()

    @pytest.mark.parametrize("way", ["through the workflow", "past it"])
    def test_rewritten_after_the_signature_it_begins_only_when_the_text_comes_back(self, people, signed, way):
        draft = signed.article
        rewrite(draft, "Something else altogether.")
        if way == "past it":
            draft.get_latest_revision().publish(user=people.editor)
        else:
            signed.workflow_state.current_task_state.approve(user=people.editor)
        assert not SignOff.objects.exists()

        rewrite(draft, "Steam needs room.").publish(user=people.editor)

        assert (SignOff.objects.get().reviewer, SignOff.objects.get().is_outdated) == (people.ada, False)

    def test_rewritten_after_the_signature_it_counts_as_reviewed_no_more(self, people, signed):
        article = signed.article
        signed.workflow_state.current_task_state.reject(user=people.editor, comment="Say more.")
        counted = []

        for text in ("Steam needs room.", "Something else altogether."):
            rewrite(article, text)
            counted.append(is_medically_reviewed(article, timezone.localdate()))

        assert counted == [(True, None), (False, None)]
