"""My desk: the first page of the admin shows each what they have to do, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Examination, ScheduleFailure, TopicPage
from authors.models import AuthorPage
from pages.desk.home import SECTIONS
from pages.models import SearchTerm
from tests.pages.desk.conftest import expire, schedule, signed_in

pytestmark = pytest.mark.django_db

WRITES = {"waiting", "due", "scheduled", "drafts"}
SHOWN = {
    "Writers": WRITES,
    "Editors": WRITES | {"fallen", "searches"},
    "Medical reviewers": {"waiting", "due"},
    "Comment moderators": set(),
    "Administrators": WRITES | {"fallen", "searches"},
}


def desk(user) -> BeautifulSoup:
    return BeautifulSoup(signed_in(user).get("/admin/").content, "html.parser")


def sections(page: BeautifulSoup) -> set[str]:
    found = (section["id"] for section in page.select("section[id^=desk-]"))
    return {name.removeprefix("desk-").removesuffix("-section") for name in found}


def rows(page: BeautifulSoup, section: str) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.select(f"#desk-{section}-section li")]


def test_everybody_sees_what_they_may_work_on(make_user):
    pages = {group: desk(make_user(f"user{number}", group)) for number, group in enumerate(SHOWN)}

    assert {group: sections(page) for group, page in pages.items()} == SHOWN
    for page in pages.values():
        assert all(section.select_one("p.editors-empty").text for section in page.select("section[id^=desk-]"))


def test_handed_over_article_waits_for_who_may_take_the_step(make_user, make_article):
    writer, editor = make_user("writer", "Writers", first_name="Wilma", last_name="Hart"), make_user("e", "Editors")
    article = make_article("Handed Over", live=False, owner=writer)
    article.save_revision(user=writer)
    article.get_workflow().start(article, writer)

    assert rows(desk(editor), "waiting") == ["Handed Over Edit · from Wilma Hart · just now"]
    assert rows(desk(writer), "waiting") == rows(desk(make_user("r", "Medical reviewers")), "waiting") == []

    article.current_workflow_task_state.reject(user=editor, comment="Say who was studied.")

    assert rows(desk(editor), "waiting") == []
    [row] = rows(desk(writer), "waiting")
    assert row.startswith("Handed Over Sent back · Edit · e · just now")
    assert row.endswith("Say who was studied.")


def test_reviewer_is_led_to_where_articles_are_reviewed(make_user, make_article, editor):
    article = make_article(live=False)
    article.get_workflow().start(article, editor)
    article.current_workflow_task_state.approve(user=editor)

    link = desk(make_user("r", "Medical reviewers")).select_one("#desk-waiting-section li a")

    assert link["href"] == f"/admin/articles/{article.pk}/review/"


def test_reviews_are_due_for_who_signed_and_for_editors_of_their_topics(
    make_user, make_article, author, other_author, sign
):
    reviewer, editor = make_user("r", "Medical reviewers"), make_user("e", "Editors")
    AuthorPage.objects.filter(pk=author.pk).update(account=reviewer)
    lapsed, soon, later, hers = (make_article(title) for title in ("Lapsed", "Soon", "Later", "Hers"))
    for article, days in ((lapsed, -1), (soon, 30), (later, 31)):
        sign(article, due_in=days)
    sign(hers, due_in=5, reviewer=other_author)

    assert [row.split()[0] for row in rows(desk(reviewer), "due")] == ["Lapsed", "Soon"]
    assert [row.split()[0] for row in rows(desk(editor), "due")] == ["Lapsed", "Hers", "Soon"]
    assert "lapsed on" in rows(desk(editor), "due")[0]

    kettles = TopicPage(title="Kettles")
    TopicPage.objects.get().add_child(instance=kettles)
    soon.topics.add(kettles)
    soon.save()
    AuthorPage.objects.filter(pk=other_author.pk).update(account=editor)
    other_author.refresh_from_db()
    other_author.topics.add(kettles)
    other_author.save()

    assert [row.split()[0] for row in rows(desk(editor), "due")] == ["Hers", "Soon"]


def test_failures_stand_above_what_is_scheduled(make_article, editor):
    now = timezone.now()
    failing, next_, far, ending = (make_article(title) for title in ("Failing", "Next", "Far", "Ending"))
    revision = schedule(failing, now - timedelta(hours=2))
    schedule(next_, now + timedelta(days=2))
    schedule(far, now + timedelta(days=15))
    expire(ending, now + timedelta(days=3))
    revision.refresh_from_db()
    ScheduleFailure.objects.create(
        page=failing.page_ptr,
        doing="publish",
        due_at=revision.approved_go_live_at,
        reason="A table has no caption.",
        first_failed_at=now,
        last_failed_at=now,
        try_again_at=now,
    )

    found = rows(desk(editor), "scheduled")

    assert [row.split()[0] for row in found] == ["Failing", "Next", "Ending"]
    assert "Publication: failed" in found[0]
    assert found[0].endswith("A table has no caption.")
    assert "Expiration: scheduled" in found[2]


def test_drafts_tell_what_is_left_in_them(make_article, make_user):
    writer, other = make_user("w", "Writers"), make_user("o", "Writers")
    mine = make_article("Mine", live=False, owner=writer)
    make_article("Published", owner=writer)
    make_article("Hers", live=False, owner=other)
    Examination.objects.update_or_create(
        article=mine, defaults={"revision_id": 1, "examined_at": timezone.now(), "errors": 2, "placeholders": 1}
    )

    [row] = rows(desk(writer), "drafts")

    assert row.startswith("Mine 2 errors · 1 placeholder left · changed")


def test_more_than_five_are_counted_and_linked(make_user):
    for number in range(7):
        SearchTerm.objects.create(day=timezone.localdate(), words=f"arms {number}", searches=9 - number, results=0)
    SearchTerm.objects.create(day=timezone.localdate(), words="found", searches=99, results=3)

    page = desk(make_user("e", "Editors"))

    assert rows(page, "searches")[0] == "arms 0 9 searches"
    assert len(rows(page, "searches")) == 5
    all_ = page.select_one("#desk-searches-section a.editors-all")
    assert (all_["href"], all_.get_text()) == ("/admin/reports/searches/", "All 7: Searches without a result")


QUERIES = {"waiting": 11, "due": 6, "scheduled": 7, "drafts": 4, "fallen": 2, "searches": 2}


@pytest.mark.parametrize("times", [1, 3])
def test_sections_ask_the_same_for_one_and_for_many(make_article, make_user, sign, times):
    user = make_user("all", "Editors")
    user.groups.add(Group.objects.get(name="Medical reviewers"))
    now = timezone.now()
    for number in range(times):
        handed, sent = (make_article(f"{title} {number}", live=False, owner=user) for title in ("Handed", "Sent"))
        for article in (handed, sent):
            article.get_workflow().start(article, user)
        sent.current_workflow_task_state.reject(user=user, comment="No.")
        live = make_article(f"Live {number}")
        schedule(live, now + timedelta(days=1))
        sign(live, due_in=3)
        SearchTerm.objects.create(day=timezone.localdate(), words=f"arms {number}", searches=1, results=0)

    asked, found = {}, {}
    for section in [*SECTIONS, *SECTIONS]:  # what is remembered of types of content is asked for once
        user = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as queries:
            found[section.name] = section(user).look().total
        asked[section.name] = len(queries)

    assert found == {
        "waiting": 2 * times,
        "due": times,
        "scheduled": times,
        "drafts": 2 * times,
        "fallen": 0,
        "searches": times,
    }
    assert asked == QUERIES
