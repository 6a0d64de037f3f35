"""What the worker does at regular times."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.utils import timezone

from articles.actions.importing import give_up_imports
from articles.citations.checking import check_links
from articles.readiness.examining import examine_again
from articles.review_mail import remind
from articles.scheduling import publish_due
from delivery.tasks import take_back
from freshness.changes import forget_changes
from pages.cards.actions import renew_cards
from pages.missing import forget_missing, write_missing
from pages.search.dictionary import Learning
from pages.search.terms import write_search_terms
from ratings.actions import forget_addresses, forget_spent_proofs, train_spam_model
from ratings.limits import forget_full_buckets
from ratings.moderation.shift import Watch
from ratings.network import forget_old_keys

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A job and how often it runs."""

    name: str
    every: timedelta
    job: Callable[[], None]


def publish_scheduled() -> None:
    """Publish and expire the pages whose time has come."""
    publish_due(now=timezone.now())


def take_back_tasks() -> None:
    """Make tasks wait again that a worker of another machine left behind."""
    take_back(now=timezone.now())


def clear_sessions() -> None:
    """Delete sessions that have ended."""
    call_command("clearsessions", verbosity=0)


def forget_old_changes() -> None:
    """Delete the changes that no machine needs to know any longer."""
    forget_changes(now=timezone.now())


def prune_tasks() -> None:
    """Delete the results of tasks that ended more than two weeks ago."""
    call_command("prune_db_task_results", "--backend=durable", verbosity=0)


def remind_of_reviews() -> None:
    """Tell reviewers and editors which sign-offs come to their end."""
    remind(today=timezone.localdate())


def verify_aggregates() -> None:
    """Compare every kept number of the readers' side with a recount; each that is wrong is logged and repaired."""
    call_command("verify_aggregates", "--repair", verbosity=0)


def forget() -> None:
    """Delete what the readers' side needs no longer: old network keys, full buckets, spent proofs, addresses."""
    now = timezone.now()
    forget_old_keys(now=now)
    forget_full_buckets(now=now)
    forget_spent_proofs(now=now)
    forget_addresses(now=now)


def learn() -> None:
    """Teach the learned spam model what moderators decided."""
    train_spam_model(now=timezone.now())


def renew_social_cards() -> None:
    """Draw the social cards that say what is no longer so, and remove those of articles that readers cannot see."""
    renew_cards(now=timezone.now())


def write_missing_addresses() -> None:
    """Write how often addresses were asked for that the site does not have."""
    write_missing(today=timezone.localdate())


def forget_missing_addresses() -> None:
    """Delete the missing addresses that nobody asks for any more."""
    forget_missing(today=timezone.localdate())


def give_up_old_imports() -> None:
    """Finish the imports of which nobody made drafts for a month, so that uploads do not lie about for ever."""
    now = timezone.now()
    give_up_imports(begun_before=now - timedelta(days=30), now=now)


def examine_articles() -> None:
    """Examine the articles that have changed, and those that were not examined for a day."""
    examine_again(now=timezone.now())


backlog_watch = Watch()
"""Remembers when it last warned, as long as the worker runs."""


def watch_backlog() -> None:
    """Warn in the log when reader comments wait too long for a moderator."""
    backlog_watch.look(now=timezone.now())


search_words = Learning()
"""Remembers what it last learned from, as long as the worker runs."""


def learn_search_words() -> None:
    """Learn the words that “Did you mean” chooses from, if what readers may find has changed."""
    search_words.learn()


def check_source_links() -> None:
    """Look whether the links of some sources still lead anywhere: in less than 20 seconds, as pages wait meanwhile."""
    check_links(now=timezone.now())


def write_searches() -> None:
    """Write what readers searched for, as it was counted in memory."""
    write_search_terms(now=timezone.now())


SCHEDULES = (
    Schedule(name="publish scheduled pages", every=timedelta(minutes=1), job=publish_scheduled),
    Schedule(name="take back tasks", every=timedelta(minutes=1), job=take_back_tasks),
    Schedule(name="watch the backlog", every=timedelta(minutes=5), job=watch_backlog),
    Schedule(name="renew social cards", every=timedelta(hours=1), job=renew_social_cards),
    Schedule(name="write searches", every=timedelta(minutes=1), job=write_searches),
    Schedule(name="check links of sources", every=timedelta(minutes=1), job=check_source_links),
    Schedule(name="examine articles", every=timedelta(minutes=1), job=examine_articles),
    Schedule(name="learn search words", every=timedelta(hours=1), job=learn_search_words),
    Schedule(name="write missing addresses", every=timedelta(minutes=1), job=write_missing_addresses),
    Schedule(name="forget missing addresses", every=timedelta(days=1), job=forget_missing_addresses),
    Schedule(name="give up old imports", every=timedelta(days=1), job=give_up_old_imports),
    Schedule(name="clear sessions", every=timedelta(days=1), job=clear_sessions),
    Schedule(name="forget changes", every=timedelta(hours=1), job=forget_old_changes),
    Schedule(name="prune task results", every=timedelta(days=1), job=prune_tasks),
    Schedule(name="remind of reviews", every=timedelta(days=1), job=remind_of_reviews),
    Schedule(name="verify kept numbers", every=timedelta(days=1), job=verify_aggregates),
    Schedule(name="train the spam model", every=timedelta(days=1), job=learn),
    Schedule(name="forget keys, buckets and proofs", every=timedelta(days=1), job=forget),
)


class Timetable:
    """Knows when each schedule ran last, and runs those that are due."""

    def __init__(self, schedules: tuple[Schedule, ...] = SCHEDULES) -> None:
        self._schedules = schedules
        self._ran_at: dict[str, datetime] = {}

    def run_due(self, now: datetime) -> list[str]:
        """Run what is due at `now` and return the names. One that fails is logged and holds up no other."""
        due = [schedule for schedule in self._schedules if self._is_due(schedule, now)]
        for schedule in due:
            self._ran_at[schedule.name] = now
            try:
                schedule.job()
            except Exception:
                logger.exception("The schedule %r failed; it is tried again in %s.", schedule.name, schedule.every)
        return [schedule.name for schedule in due]

    def _is_due(self, schedule: Schedule, now: datetime) -> bool:
        ran_at = self._ran_at.get(schedule.name)
        return ran_at is None or now - ran_at >= schedule.every
