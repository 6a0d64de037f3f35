"""Who moderates a section sees and changes nothing of the others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageLogEntry

from ratings import actions
from ratings.desk.sections import Scope, moderates, within
from ratings.models import Comment, Decision, Lease, ModeratedSection, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

WRITING = {
    "decide": {"to": "hidden", "version": 1},
    "redact": {"text": "Other words", "version": 1},
    "check": {"checked": "1", "version": 1},
    "pin": {"pinned": "1", "version": 1},
    "pick": {"reason": "Says it best.", "version": 1},
    "release": {},
}


@pytest.fixture
def section(article) -> Page:
    """A second place for articles, which the moderators' group looks after."""
    page = article.get_parent().get_parent().add_child(instance=Page(title="Kitchen", slug="kitchen"))
    ModeratedSection.objects.create(group=Group.objects.get(name="Comment moderators"), page=page)
    return page


@pytest.fixture
def inside(section, make_article, make_comment) -> Comment:
    page = make_article("Inside")
    page.move(section, pos="last-child")
    page.refresh_from_db()
    return make_comment(State.PUBLISHED, article=page, text="inside")


@pytest.fixture
def outside(make_comment) -> Comment:
    return make_comment(State.PUBLISHED, text="outside")


@pytest.fixture
def desk(client, moderator, inside, outside):
    client.force_login(moderator)
    return client


def address(comment: Comment, door: str) -> str:
    return f"/admin/reader-comments/{comment.pk}/{door}/"


class TestScope:
    def test_group_without_sections_has_the_whole_site(self, moderator, make_comment, article):
        comment = make_comment()

        assert list(within(Comment.objects.all(), moderator)) == [comment]
        assert moderates(moderator, article)

    def test_sections_of_several_groups_add_up_and_a_group_without_any_has_all(self, moderator, inside, outside):
        assert list(within(Comment.objects.all(), moderator)) == [inside]
        assert not moderates(moderator, outside.article)

        second = Group.objects.create(name="More")
        second.permissions.set(Group.objects.get(name="Comment moderators").permissions.all())
        moderator.groups.add(second)

        assert Scope.of(moderator) == Scope()
        ModeratedSection.objects.create(group=second, page=outside.article)
        assert set(within(Comment.objects.all(), moderator)) == {inside, outside}

    def test_section_whose_page_was_deleted_holds_nothing_and_opens_nothing(self, moderator, inside, outside, section):
        inside.article.delete()
        Page.objects.get(pk=section.pk).delete()

        assert list(within(Comment.objects.all(), moderator)) == []
        assert not moderates(moderator, outside.article)

    def test_group_that_does_not_moderate_gives_nothing(self, moderator, inside, outside):
        editors = Group.objects.get(name="Editors")
        moderator.groups.add(editors)

        assert list(within(Comment.objects.all(), moderator)) == [inside]

    def test_it_takes_one_query_and_none_for_a_superuser(self, moderator, admin, inside, django_assert_num_queries):
        with django_assert_num_queries(1):
            Scope.of(moderator)
        with django_assert_num_queries(0):
            assert Scope.of(admin).covers(inside.article)


@pytest.mark.parametrize("door", WRITING)
def test_comment_of_another_section_is_refused_and_the_attempt_is_kept(desk, outside, moderator, door):
    answer = desk.post(address(outside, door), WRITING[door])

    assert answer.status_code == 403
    assert not Decision.objects.exists()
    entry = PageLogEntry.objects.get(action="ratings.refuse")
    assert (entry.page_id, entry.user, entry.data["comment"]) == (outside.article_id, moderator, outside.pk)


@pytest.mark.parametrize("door", WRITING)
def test_comment_of_ones_own_section_is_not(desk, inside, door):
    assert desk.post(address(inside, door), WRITING[door]).status_code == 302


def test_card_of_another_section_shows_nothing_and_is_not_leased(desk, outside, inside):
    answer = desk.get(f"/admin/reader-comments/{outside.pk}/")

    assert answer.status_code == 403
    assert "outside" not in answer.content.decode()
    assert not Lease.objects.exists()
    assert desk.get(f"/admin/reader-comments/{inside.pk}/").status_code == 200


@pytest.mark.parametrize(
    "query", ["?state=published", "?state=any", "?state=any&article={article}", "?state=any&q=outside"]
)
def test_lists_and_counts_have_ones_own_alone(desk, outside, query):
    page = desk.get("/admin/reader-comments/" + query.format(article=outside.article_id)).content.decode()

    assert f"comment-{outside.pk}" not in page
    assert "Published (1)" in page


def test_decision_of_another_section_is_neither_listed_nor_undone(desk, outside, moderator):
    decision = actions.decide(comment=outside, version=1, to=State.HIDDEN, now=NOON, moderator=moderator)

    assert "outside" not in desk.get("/admin/reader-comments/decisions/").content.decode()
    assert desk.post(f"/admin/reader-comments/decisions/{decision.pk}/undo/").status_code == 403
    assert Comment.objects.get(pk=outside.pk).state == State.HIDDEN


def test_script_is_told_by_json(desk, outside):
    answer = desk.post(address(outside, "decide"), WRITING["decide"], headers={"x-requested-with": "fetch"})

    assert (answer.status_code, answer.json()["ok"]) == (403, False)
