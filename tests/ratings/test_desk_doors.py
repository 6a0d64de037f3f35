"""Who may come to the moderators' pages, and how."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from ratings import actions
from ratings.models import Comment, Decision, DiscussionPolicy, Rating, SavedView, Standing, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

POST_ONLY = {
    "reader-comments/{comment}/decide/": {"to": "hidden", "version": 1},
    "reader-comments/{comment}/redact/": {"text": "Other words", "version": 1},
    "reader-comments/{comment}/check/": {"checked": "1", "version": 1},
    "reader-comments/{comment}/release/": {},
    "reader-comments/{comment}/pin/": {"pinned": "1"},
    "reader-comments/{comment}/pick/": {"reason": "Says it best."},
    "reader-comments/decisions/{decision}/undo/": {},
    "reader-comments/views/{view}/": {"name": "Mine", "delete": "1"},
    "held-votes/{rating}/judge/": {"to": "counted"},
    "held-votes/article/{article}/judge/": {"to": "counted", "count": 1},
}
READ_ONLY = {
    "reader-comments/": {},
    "reader-comments/?reported=1": {},
    "reader-comments/{comment}/": {},
    "reader-comments/decisions/": {},
    "held-votes/": {},
}
DOORS = POST_ONLY | READ_ONLY
POLICY = {"article_type": "articles.articlepage", "closes_after_days": "30"}
POLICY_DOORS = {"discussion-policies/": {}, "discussion-policies/new/": POLICY}


@pytest.fixture
def rating(article, reader) -> Rating:
    given = actions.rate(article=article, reader=reader, stars=1, now=NOON)
    return actions.judge_rating(rating=given, standing=Standing.QUARANTINED, now=NOON)


@pytest.fixture
def address(article, rating, make_comment, make_user):
    """Return what makes an address of a door's, for a comment that was published, a held rating and a saved view."""
    comment, user = make_comment(State.PUBLISHED), make_user("somebody")
    states = {"from_state": State.PENDING, "to_state": State.PUBLISHED}
    decision = Decision.objects.create(comment=comment, moderator=user, version=0, decided_at=NOON, **states)
    view = SavedView.objects.create(owner=user, name="Theirs", is_shared=True)
    keys = {"comment": comment.pk, "rating": rating.pk, "article": article.pk, "decision": decision.pk, "view": view.pk}
    return lambda door: "/admin/" + door.format(**keys)


def knock(client: Client, address: str, door: str, **options):
    return (
        client.post(address, (DOORS | POLICY_DOORS)[door], **options) if door not in READ_ONLY else client.get(address)
    )


def nothing_has_changed() -> bool:
    comment = Comment.objects.get()
    untouched = (comment.state, comment.version, comment.is_pinned, comment.pick_reason) == ("published", 1, False, "")
    untouched = untouched and Decision.objects.count() == 1 and SavedView.objects.get().name == "Theirs"
    return untouched and Rating.objects.get().standing == Standing.QUARANTINED and not DiscussionPolicy.objects.exists()


@pytest.mark.parametrize("door", [*DOORS, *POLICY_DOORS])
def test_editor_is_led_back_to_the_home_of_the_admin(client, editor, address, door):
    client.force_login(editor)

    answer = knock(client, address(door), door)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert nothing_has_changed()


@pytest.mark.parametrize("door", DOORS)
def test_script_of_an_editor_gets_403(client, editor, address, door):
    client.force_login(editor)
    by_script = {"x-requested-with": "XMLHttpRequest"}

    if door in READ_ONLY:
        answer = client.get(address(door), headers=by_script)
    else:
        answer = client.post(address(door), DOORS[door], headers=by_script)

    assert answer.status_code == 403
    assert nothing_has_changed()


@pytest.mark.parametrize("door", [*DOORS, *POLICY_DOORS])
def test_stranger_is_asked_to_sign_in(client, address, door):
    answer = knock(client, address(door), door)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    assert nothing_has_changed()


@pytest.mark.parametrize("door", DOORS)
def test_former_moderator_whose_session_lives_on_comes_no_further(client, moderator, address, door):
    client.force_login(moderator)
    assert client.get("/admin/reader-comments/").status_code == 200
    moderator.groups.set([Group.objects.get(name="Editors")])

    answer = knock(client, address(door), door)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert nothing_has_changed()


@pytest.mark.parametrize("door", POST_ONLY)
def test_door_that_writes_does_not_open_by_reading(client, moderator, address, door):
    client.force_login(moderator)

    assert client.get(address(door), POST_ONLY[door]).status_code == 405
    assert nothing_has_changed()


@pytest.mark.parametrize("door", READ_ONLY)
def test_door_that_reads_does_not_open_by_writing(client, moderator, address, door):
    client.force_login(moderator)

    assert client.post(address(door)).status_code == 405


@pytest.mark.parametrize("door", POST_ONLY)
def test_door_needs_the_token_of_the_admin(moderator, address, door):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)

    assert client.post(address(door), POST_ONLY[door]).status_code == 403
    assert nothing_has_changed()


@pytest.mark.parametrize("door", POST_ONLY)
@pytest.mark.parametrize("key", [0, 424242, 2**63, 10**30])
@pytest.mark.parametrize("of", ["ratings", "helpful"])
def test_guessed_key_is_not_found(client, moderator, address, door, key, of):
    client.force_login(moderator)
    guessed = "/admin/" + door.format(comment=key, rating=key, article=key, decision=key, view=key)

    assert client.post(f"{guessed}?of={of}", POST_ONLY[door]).status_code == 404
    assert nothing_has_changed()


@pytest.mark.parametrize("door", [door for door in POST_ONLY if "redact" not in door])  # that one is for the text
def test_fields_that_no_form_has_are_ignored(client, moderator, address, door, article):
    client.force_login(moderator)
    before = Comment.objects.values("name", "text", "email", "helpful_count", "badge", "reader").get()
    other = {"name": "Evil", "text": "Evil", "email": "e@example.org", "helpful_count": 99, "badge": "staff"}
    other |= {"reader": 1, "stars": 5, "is_vouched_for": "1", "standing": "counted", "article": 1, "moderator": 1}

    client.post(address(door), other | POST_ONLY[door])

    assert Comment.objects.values(*before).get() == before
    assert Rating.objects.get().stars == 1
    assert Rating.objects.get().article_id == article.pk


def test_moderator_has_no_door_to_the_policies(client, moderator):
    client.force_login(moderator)

    for door in POLICY_DOORS:
        assert client.get(f"/admin/{door}")["Location"] == "/admin/"


def test_policies_open_with_the_permissions_of_their_model(client, editor):
    client.force_login(editor)
    editor.user_permissions.add(Permission.objects.get(codename="add_discussionpolicy"))

    client.post("/admin/discussion-policies/new/", POLICY)
    policy = DiscussionPolicy.objects.get()

    assert client.get(f"/admin/discussion-policies/delete/{policy.pk}/")["Location"] == "/admin/"
