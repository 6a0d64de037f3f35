"""The editors' desk, as axe sees it, and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from articles.models import ScheduleFailure, SignOff, Source
from tests.browser.test_readers_and_moderators import sign_in
from tests.pages.desk.conftest import schedule

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

OURS = {"home": (".w-dashboard > section", "/admin/"), "calendar": ("main", "/admin/calendar/")}
OURS |= {"agenda": ("main", "/admin/calendar/?as=list"), "list": ("main", "/admin/articles/")}


@pytest.mark.parametrize(("color_scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_is_cut_off(open_page, make_article, author, editor, color_scheme, width):
    today = timezone.localdate()
    article, late = make_article("Scheduled"), make_article("Late")
    schedule(article, timezone.now() + timedelta(hours=1))
    schedule(late, timezone.now() - timedelta(hours=1))
    SignOff.objects.create(article=article, reviewer=author, signed_on=today - timedelta(days=9), due_on=today)
    page = open_page("/admin/", color_scheme=color_scheme, viewport={"width": width, "height": 844})
    sign_in(page, "editor")
    for name, (part, address) in OURS.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, context=part).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], name
        if name != "list":  # which Wagtail lets be moved sideways
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(("color_scheme", "width"), [("light", 1280), ("dark", 390)])
def test_screens_of_an_article_and_reports(open_page, make_article, author, admin, color_scheme, width):
    now = timezone.now()
    article = make_article("Reviewed")
    SignOff.objects.create(
        article=article, reviewer=author, signed_on=timezone.localdate(now) - timedelta(days=9), revision_id=None
    )
    article.body = [{"type": "text", "value": "<p>Steam needs a way out, and 3 minutes.</p>"}]
    Workflow.objects.get().start(article, user=None)
    article.save_revision()
    article.current_workflow_task_state.approve(user=admin)
    Source.objects.create(title="Kettles of the World", year=1990, link=Source.Link.DEAD, link_checked_at=now)
    ScheduleFailure.objects.create(
        page=article,
        doing="publish",
        due_at=now,
        reason="No.",
        first_failed_at=now,
        last_failed_at=now,
        try_again_at=now,
    )
    addresses = [
        f"/admin/articles/{article.pk}/{name}/" for name in ("review", "sign-off", "correct", "retract", "readiness")
    ]
    addresses += [reverse(name) for name in ("findings", "old_sources", "dead_source_links", "failed_schedules")]
    addresses += ["/admin/reports/pictures/", "/admin/snippets/articles/source/"]
    page = open_page("/admin/", color_scheme=color_scheme, viewport={"width": width, "height": 844})
    sign_in(page, "admin")
    for address in addresses:
        assert page.goto(address).status == 200, address
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, context="main").response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], address
