"""The mail that says that a page could not be published at its time."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import PageLogEntry
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.models import ScheduleFailure


@task(backend="durable")
def tell_editors(failure_id: int) -> int:
    """Mail why a page could not be published to those who can do something about it; return how many they are."""
    failure = ScheduleFailure.objects.select_related("page").filter(pk=failure_id).first()
    if failure is None:
        return 0
    mails = [_mail(failure, editor) for editor in editors_of(failure)]
    get_connection().send_messages(mails)
    return len(mails)


def editors_of(failure: ScheduleFailure) -> Iterable[User]:
    """Return who scheduled the page, and who may publish it: those of them who are active and have an address."""
    scheduled = PageLogEntry.objects.filter(page=failure.page_id, action="wagtail.publish.schedule")
    scheduled_by = scheduled.order_by("-timestamp").values_list("user", flat=True)[:1]
    may_publish = PagePermissionPolicy().users_with_permission_for_instance("publish", failure.page).values("pk")
    users = User.objects.filter(Q(pk__in=may_publish) | Q(pk__in=list(scheduled_by)), is_active=True)
    return users.exclude(email="").order_by("pk")


def _mail(failure: ScheduleFailure, editor: User) -> EmailMessage:
    profile = getattr(editor, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
    with translation.override(language):
        title = " ".join(failure.page.get_admin_display_title().split())
        if failure.doing == ScheduleFailure.Doing.PUBLISH:
            subject = _("“%(title)s” was not published at its time") % {"title": title}
        else:
            subject = _("“%(title)s” was not taken off at its time") % {"title": title}
        base = settings.WAGTAILADMIN_BASE_URL
        context = {
            "failure": failure,
            "subject": subject,
            "edit": base + reverse("wagtailadmin_pages:edit", args=[failure.page_id]),
            "all": base + reverse("failed_schedules"),
        }
        return EmailMessage(subject, render_to_string("articles/desk/schedule_mail.txt", context), to=[editor.email])
