"""What reviewers and editors are told by mail: that a review waits, and that sign-offs come to their end."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier, send_mail
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.users.models import UserProfile

from articles.models import ArticleIndexPage, SignOff

logger = logging.getLogger(__name__)

DAYS_BEFORE = 30
"""So long before a sign-off ends, its reviewer and the editors are told first, and on its last day again."""


class ReviewRequested(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells the groups of a review that an article waits for them; Wagtail's own notifier knows only its own steps."""

    template_directory = "articles/mail/"


def remind(*, today: date) -> int:
    """Tell everybody concerned which sign-offs end within 30 days, or today, in one mail each; return how many mails.

    Each sign-off is told of twice at most, however often this is called.
    """
    due: dict[User, list[SignOff]] = defaultdict(list)
    claimed = _claimed(today)
    editors = _editors() if claimed else []
    for signed in claimed:
        account = signed.reviewer.account
        for user in {*editors, *([account] if account else [])}:
            if user.is_active and user.email:
                due[user].append(signed)
    return sum(_send(user, theirs, today) for user, theirs in due.items())


@transaction.atomic
def _claimed(today: date) -> list[SignOff]:
    """Return the sign-offs of which nobody was told yet what is to be told today, and keep that they now are."""
    last_day = Q(due_on__lte=today, reminded_on__lt=F("due_on"))
    due = SignOff.objects.reviews_due(today, DAYS_BEFORE).filter(Q(reminded_on=None) | last_day)
    rows = due.select_related("article", "reviewer__account")
    # Whoever changes the row first tells of it.
    return [
        row for row in rows if SignOff.objects.filter(pk=row.pk, reminded_on=row.reminded_on).update(reminded_on=today)
    ]


def _editors() -> list[User]:
    """Return who may publish articles."""
    index = ArticleIndexPage.objects.first()
    return list(PagePermissionPolicy().users_with_permission_for_instance("publish", index)) if index else []


def _send(user: User, due: list[SignOff], today: date) -> bool:
    """Send `user` one mail, and return whether that worked: who cannot be reached holds up nobody else."""
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        count = len(due)
        subject = ngettext("%(count)d review is due", "%(count)d reviews are due", count) % {"count": count}
        context = {"due": due, "user": user, "today": today}
        try:
            send_mail(subject, render_to_string("articles/mail/reviews_due.txt", context), [user.email])
        except OSError:
            logger.exception("The reminder of reviews that are due could not be sent to %s.", user.email)
            return False
    return True
