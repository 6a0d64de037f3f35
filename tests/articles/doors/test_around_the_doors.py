"""What leads to the doors, and what is no door at all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowState, WorkflowTask

from articles.models import ArticleIndexPage, ArticlePage, TopicPage
from articles.readiness.gate import NotReady
from tests.articles.doors.conftest import BODIES, SENTENCES
from tests.articles.doors.test_doors import ask_api, publish_pages, said

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.articles.doors.test_doors")]


@pytest.fixture
def two_steps() -> Workflow:
    workflow = Workflow.objects.create(name="Two steps")
    for name in ("Edit", "Check"):
        step = GroupApprovalTask.objects.create(name=name)
        step.groups.add(Group.objects.get(name="Editors"))
        WorkflowTask.objects.create(workflow=workflow, task=step)
    return workflow


@pytest.fixture
def stale(make_article) -> ArticlePage:
    """A live article that a rule would stop today."""
    article = make_article()
    article.body = BODIES["wrong"]
    article.save()
    article.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


@pytest.mark.parametrize("state", ["unfinished", "wrong"])
def test_unfinished_article_is_not_handed_over(make_draft, two_steps, state):
    with pytest.raises(NotReady):
        two_steps.start(make_draft(state), None)

    assert not WorkflowState.objects.exists()


def test_open_warning_waits_until_the_last_step(make_draft, two_steps, admin):
    state = two_steps.start(make_draft("doubtful"), admin)
    first = state.current_task_state
    first.task.specific.on_action(first, admin, "approve")
    state.refresh_from_db()
    last = state.current_task_state

    with pytest.raises(NotReady):
        last.task.specific.on_action(last, admin, "approve")

    state.refresh_from_db()
    assert (last.pk != first.pk, state.status, state.current_task_state.status) == (True, "in_progress", "in_progress")


def test_error_that_came_into_the_text_meanwhile_stops_the_first_step(make_draft, two_steps, admin):
    article = make_draft("finished")
    state = two_steps.start(article, admin)
    article.body = BODIES["wrong"]
    article.save_revision()
    first = state.current_task_state

    with pytest.raises(NotReady):
        first.task.specific.on_action(first, admin, "approve")

    state.refresh_from_db()
    assert state.current_task_state_id == first.pk


def test_one_unfinished_article_stops_no_other(make_draft, desk):
    bad, good = make_draft("unfinished"), make_draft("finished", "Good")

    answer = publish_pages(desk, bad.pk, good.pk)

    assert "1 page has been published" in said(answer)
    assert f"“{bad.title}” was not published:" in said(answer)
    assert list(ArticlePage.objects.live()) == [good]


def test_unexpected_failure_stops_no_other_either(make_article, desk):
    """The address of the first was taken while it was a draft."""
    clash, good = make_article("Clash", live=False), make_article("Good", live=False)
    Page.objects.filter(pk=clash.pk).update(slug="elsewhere")
    ArticleIndexPage.objects.get().add_child(instance=ArticlePage(title="Taken", slug="clash", live=False))

    answer = publish_pages(desk, clash.pk, good.pk)

    assert "“Clash” was not published:" in said(answer)
    assert list(ArticlePage.objects.live()) == [good]


class TestWhatIsLiveAlready:
    def test_it_is_moved_renamed_and_locked(self, stale, admin):
        home = Page.objects.get(depth=2)
        stale.locked, stale.slug = True, "another"
        stale.save()
        stale.move(home, pos="last-child")

        assert ArticlePage.objects.get(pk=stale.pk).live

    def test_its_alias_follows_what_is_published(self, make_article):
        article = make_article()
        alias = article.create_alias(update_slug="alias")
        article.title = "Why Kettles Whistle"
        article.save_revision().publish()

        alias.refresh_from_db()
        assert (alias.title, alias.live) == ("Why Kettles Whistle", True)

    def test_copy_of_it_is_published_only_if_it_is_ready(self, stale):
        with pytest.raises(NotReady):
            stale.copy(update_attrs={"slug": "copy"})
        assert ArticlePage.objects.count() == 1

        assert not stale.copy(update_attrs={"slug": "copy"}, keep_live=False).live

    def test_copy_says_what_its_original_does_whose_warnings_were_answered(self, make_draft):
        article = make_draft("answered")
        article.get_latest_revision().publish()

        assert ArticlePage.objects.get(pk=article.pk).copy(update_attrs={"slug": "copy"}).live

    def test_copy_whose_draft_is_unfinished_cannot_bring_it_out_by_the_revision_that_is_live(self, make_article):
        article = make_article()
        article.body = BODIES["wrong"]
        article.save_revision()
        copy = ArticlePage.objects.get(pk=article.pk).copy(update_attrs={"slug": "copy"})

        with pytest.raises(NotReady):
            ArticlePage.objects.get(pk=copy.pk).live_revision.publish()

    def test_branch_is_copied_as_a_whole_or_not_at_all(self, stale):
        home = Page.objects.get(depth=2)

        with pytest.raises(NotReady):
            home.copy(recursive=True, update_attrs={"slug": "copy"})

        assert (Page.objects.filter(depth=2).count(), TopicPage.objects.count()) == (1, 1)

    def test_refused_publication_keeps_the_schedule(self, make_article, stale):
        revision = stale.get_latest_revision()
        revision.__class__.objects.filter(pk=revision.pk).update(approved_go_live_at=stale.last_published_at)

        with pytest.raises(NotReady):
            revision.publish()

        assert stale.revisions.filter(approved_go_live_at=stale.last_published_at).exists()


class TestApi:
    def test_article_made_and_published_at_once_has_nothing_of_it_kept(self, desk):
        meta = {"type": "articles.ArticlePage", "parent_id": ArticleIndexPage.objects.get().pk, "action": "publish"}

        answer = ask_api(desk, "post", "", {"meta": meta, "title": "Steam TK", "slug": "steam"})

        assert (answer.status_code, SENTENCES["wrong"] in said(answer)) == (422, True)
        assert not ArticlePage.objects.exists()

    def test_copy_that_is_not_ready_is_refused(self, stale, desk):
        answer = ask_api(desk, "post", f"{stale.pk}/actions/copy/", {})

        assert (answer.status_code, SENTENCES["wrong"] in said(answer)) == (422, True)
        assert ArticlePage.objects.count() == 1

    def test_going_back_to_an_unfinished_revision_makes_a_draft(self, make_article, desk):
        article = make_article()
        article.body = BODIES["wrong"]
        bad = article.save_revision()

        answer = ask_api(desk, "post", f"{article.pk}/actions/revert/", {"revision_id": bad.pk})

        assert answer.status_code == 200
        article.refresh_from_db()
        assert "TK" not in str(article.body)
