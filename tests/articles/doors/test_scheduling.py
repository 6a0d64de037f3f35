"""Pages whose time has come: each on its own, once, and no failure loses a schedule."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from articles.models import ArticleIndexPage, ArticlePage, ScheduleFailure, TopicPage
from articles.schedule_mail import tell_editors
from articles.scheduling import failures, pause_after, publish_due, try_again
from delivery.health import schedules
from tests.articles.doors.conftest import BODIES
from tests.processes import START_DJANGO, environment

MINUTE = timedelta(minutes=1)


def schedule(page: Page, at: datetime, user=None) -> None:
    """Schedule `page` as an editor does, and turn the clock to just after `at`."""
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    revision = draft.save_revision()
    revision.publish(user=user)
    content = revision.content | {"go_live_at": at.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at, content=content)


def take_slug_of(page: Page) -> None:
    """Have another page appear at the address that `page` was scheduled for."""
    Page.objects.filter(pk=page.pk).update(slug="elsewhere")
    ArticleIndexPage.objects.get().add_child(instance=ArticlePage(title="Clash", slug=page.slug, live=False))


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def clash(make_article, now, editor) -> ArticlePage:
    """An article whose address was taken after it was scheduled, for half a minute ago."""
    article = make_article("Clashing", live=False)
    schedule(article, now - MINUTE / 2, editor)
    take_slug_of(article)
    return article


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


@pytest.mark.django_db
class TestOne:
    def test_every_kind_of_page_is_published_and_taken_off(self, make_article, now):
        article, expired = make_article("A", live=False), make_article("B")
        topic = TopicPage(title="Kettles", live=False)
        TopicPage.objects.get().add_child(instance=topic)
        topic.save_revision()
        for page in (article, topic):
            schedule(page, now - MINUTE)
        Page.objects.filter(pk=expired.pk).update(expire_at=now - MINUTE)

        done = publish_due(now=now)

        assert {due.page_id for due in done} == {article.pk, topic.pk, expired.pk}
        assert [is_live(page) for page in (article, topic, expired)] == [True, True, False]
        assert publish_due(now=now) == []

    def test_one_that_fails_keeps_its_schedule_and_holds_up_no_other(self, clash, make_article, now):
        good = make_article("Good", live=False)
        schedule(good, now - MINUTE / 3)

        publish_due(now=now)

        assert (is_live(clash), is_live(good)) == (False, True)
        assert clash.revisions.filter(approved_go_live_at=now - MINUTE / 2).exists()
        failure = failures().get()
        assert (failure.page_id, failure.tries, failure.try_again_at) == (clash.pk, 1, now + MINUTE)
        assert "slug" in failure.reason.lower()

    def test_errors_hold_up_and_warnings_do_not(self, make_draft, now):
        answered, article = make_draft("answered"), make_draft("finished", "Changed Since")
        for page in (answered, article):
            schedule(page, now - MINUTE)
        answered.waivers.all().delete()
        revision = article.revisions.get(approved_go_live_at=now - MINUTE)
        changed = revision.as_object()
        changed.body = BODIES["wrong"]
        Revision.objects.filter(pk=revision.pk).update(content=changed.serializable_data())

        publish_due(now=now)

        assert (is_live(answered), is_live(article)) == (True, False)
        assert "“TK” is a placeholder" in failures().get().reason

    def test_it_is_tried_again_after_growing_pauses_until_it_succeeds(self, clash, now):
        assert [pause_after(tries) // MINUTE for tries in (1, 2, 3, 6, 7, 500)] == [1, 2, 4, 32, 60, 60]
        publish_due(now=now)
        publish_due(now=now + MINUTE / 2)
        assert failures().get().tries == 1
        publish_due(now=now + MINUTE)
        assert failures().get().tries == 2
        Page.objects.filter(title="Clash").update(slug="gives-way")

        publish_due(now=now + 4 * MINUTE)

        assert is_live(clash)
        assert not ScheduleFailure.objects.exists()

    def test_somebody_may_try_again_at_once(self, clash, now, editor, client):
        publish_due(now=now)
        client.force_login(editor)
        assert "1 page could not be published on time." in client.get("/admin/").content.decode()
        Page.objects.filter(title="Clash").update(slug="gives-way")
        failure = failures().get()

        answer = client.post(f"/admin/articles/scheduled/failed/{failure.pk}/", follow=True)

        assert "is done now" in answer.content.decode()
        assert is_live(clash)
        assert not try_again(failure=failure, now=now)

    def test_failure_of_a_schedule_that_was_canceled_is_forgotten(self, clash, now):
        publish_due(now=now)
        clash.revisions.update(approved_go_live_at=None)

        assert not failures().exists()
        publish_due(now=now)
        assert not ScheduleFailure.objects.exists()

    def test_those_who_can_do_something_are_told_once(self, clash, editor, admin, make_user, now):
        make_user("writer", "Writers")

        for minutes in (0, 1, 3):
            publish_due(now=now + minutes * MINUTE)

        task = DBTaskResult.objects.get(task_path=tell_editors.module_path)
        assert task.args_kwargs["args"] == [failures().get().pk]
        assert failures().get().told_at == now
        tell_editors.call(failures().get().pk)
        assert sorted(message.to[0] for message in mail.outbox) == ["admin@example.org", "editor@example.org"]
        assert mail.outbox[0].subject == "“Clashing” was not published at its time"
        assert failures().get().reason in mail.outbox[0].body

    def test_what_was_due_while_nobody_looked_is_done_and_logged_as_late(self, make_article, now, caplog):
        article, noon = make_article(live=False), now.replace(microsecond=0) - timedelta(hours=2)
        schedule(article, noon)
        assert list(schedules()) == ["1 pages should have been published or taken off more than 5 minutes ago."]

        call_command("publish_scheduled", verbosity=0)

        assert is_live(article)
        assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
            f"Page {article.pk} was published late: it was due at {noon.isoformat()}."
        ]
        assert list(schedules()) == []

    def test_command_and_doctor_name_what_failed(self, clash, capsys):
        with pytest.raises(SystemExit, match="1"):
            call_command("publish_scheduled")

        assert "publish failed: Clashing" in capsys.readouterr().err
        assert "1 pages could not be published" in next(schedules())


@pytest.mark.race
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_schedulers_at_once_publish_once(make_article, now):
    articles = [make_article(f"Article {number}", live=False) for number in range(3)]
    for article in articles:
        schedule(article, now - MINUTE)
    code = START_DJANGO + (
        "from django.utils import timezone\n"
        "from articles.scheduling import publish_due\n"
        "print(len(publish_due(now=timezone.now())))\n"
    )
    run = [sys.executable, "-c", code]
    both = [subprocess.Popen(run, env=environment(), stdout=subprocess.PIPE, text=True) for _ in range(2)]

    done = [int(process.communicate(timeout=120)[0].split()[-1]) for process in both]

    assert sum(done) == 3
    assert all(is_live(article) for article in articles)
    assert not ScheduleFailure.objects.exists()
