"""Who may do what with articles: the table of `docs/permissions.md`, and how each thing is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q
from django.test import Client

from articles.models import (
    ArticleIndexPage,
    ArticlePage,
    Correction,
    ImportRun,
    Retraction,
    ReviewState,
    SignOff,
    Source,
    Waiver,
)
from articles.readiness.gate import examine
from articles.readiness.standing import REASON
from authors.models import AuthorPage
from tests.articles.editor.posting import article_form
from tests.articles.review.conftest import post_review

DOCUMENT = Path(__file__).parents[3] / "docs" / "permissions.md"
DONE, REFUSED = "✓", "–"


class Line(NamedTuple):
    """A line of the table: what is done, on what, and by whom."""

    action: str
    on: str
    outcomes: dict[str, str]


def lines() -> Iterator[Line]:
    """Yield the lines of the tables that begin with “Action”."""
    roles: list[str] = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if parts[0] == "Action":
            roles = parts[2:]
        elif not line.startswith("|"):
            roles = []
        elif roles and not parts[0].startswith("---"):
            yield Line(parts[0], parts[1], dict(zip(roles, parts[2:], strict=True)))


def _post_form(client: Client, page: ArticlePage, **fields: Any) -> None:
    client.post(f"/admin/pages/{page.pk}/edit/", article_form(page, **fields))


def _stored(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def create(client: Client, _: Any) -> bool:
    index = ArticleIndexPage.objects.get().pk
    client.post(f"/admin/pages/add/articles/articlepage/{index}/", article_form(title="Brand New", slug="brand-new"))
    return ArticlePage.objects.filter(slug="brand-new").exists()


def import_text(client: Client, _: Any) -> bool:
    client.post("/admin/articles/import/", {"text": "Brand New\n\nSteam sings."})
    run = ImportRun.objects.first()
    if run is not None:
        client.post(f"/admin/articles/imports/{run.public_id}/move/", {"do": "make"})
    return ArticlePage.objects.filter(slug="brand-new").exists()


def edit(client: Client, page: ArticlePage) -> bool:
    _post_form(client, page, title="Edited")
    return bool(_stored(page).get_latest_revision_as_object().title == "Edited")


def hand_over(client: Client, page: ArticlePage) -> bool:
    _post_form(client, page, **{"action-submit": "1"})
    return bool(_stored(page).workflow_in_progress)


def publish(client: Client, page: ArticlePage) -> bool:
    _post_form(client, page, **{"action-publish": "1"})
    return bool(_stored(page).live)


def schedule(client: Client, page: ArticlePage) -> bool:
    _post_form(client, page, **{"go_live_at": "2099-01-31 12:00", "action-publish": "1"})
    return bool(_stored(page).revisions.exclude(approved_go_live_at=None).exists())


def publish_in_bulk(client: Client, page: ArticlePage) -> bool:
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    return bool(_stored(page).live)


def unpublish(client: Client, page: ArticlePage) -> bool:
    client.post(f"/admin/pages/{page.pk}/unpublish/")
    return not _stored(page).live


def delete(client: Client, page: ArticlePage) -> bool:
    client.post(f"/admin/pages/{page.pk}/delete/")
    return not ArticlePage.objects.filter(pk=page.pk).exists()


def retract(client: Client, page: ArticlePage) -> bool:
    client.post(f"/admin/articles/{page.pk}/retract/", {"reason": "It was wrong."})
    return Retraction.objects.filter(article=page).exists()


def correct(client: Client, page: ArticlePage) -> bool:
    client.post(f"/admin/articles/{page.pk}/correct/", {"text": "It sings, in fact.", "publish": "1"})
    return Correction.objects.filter(article=page).exists()


def waive(client: Client, page: ArticlePage) -> bool:
    reasons = {REASON + finding.about: "It is a test." for finding in examine(page)}
    client.post(f"/admin/articles/{page.pk}/readiness/", reasons)
    return Waiver.objects.filter(article=page).exists()


def approve(client: Client, page: ArticlePage) -> bool:
    state = page.current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")
    state.refresh_from_db()
    return bool(state.status == "approved")


def _signers(client: Client) -> list[int]:
    """As whom somebody tries to sign: as themselves, and as the reviewer who wrote nothing."""
    signers = Q(account=client.session.get("_auth_user_id")) | Q(title="Ada Brook")
    return list(AuthorPage.objects.filter(signers).values_list("pk", flat=True))


def review(client: Client, page: ArticlePage) -> bool:
    for reviewer in _signers(client):
        post_review(client, page, reviewer=reviewer)
    return ReviewState.objects.signed(page).exists()


def ask_for_changes(client: Client, page: ArticlePage) -> bool:
    post_review(client, page, comment="Say more.")
    return bool(ReviewState.objects.for_instance(page).get().status == "rejected")


def sign_off(client: Client, page: ArticlePage) -> bool:
    known = SignOff.objects.count()
    for reviewer in _signers(client):
        fields = {"kind": "medical", "reviewer": reviewer, "seen": page.live_revision_id}
        client.post(f"/admin/articles/{page.pk}/sign-off/", fields)
    return SignOff.objects.count() > known


def withdraw(client: Client, signed: SignOff) -> bool:
    client.post(f"/admin/articles/sign-offs/{signed.pk}/withdraw/")
    return SignOff.objects.exclude(withdrawn_at=None).exists()


def add_source(client: Client, _: Any) -> bool:
    client.post("/admin/snippets/articles/source/add/", {"title": "On Steam", "tier": "book", "identifiers": ""})
    return Source.objects.filter(title="On Steam").exists()


def change_source(client: Client, source: Source) -> bool:
    fields = {"title": "On Steam", "tier": "book", "identifiers": ""}
    client.post(f"/admin/snippets/articles/source/edit/{source.pk}/", fields)
    return Source.objects.filter(title="On Steam").exists()


def delete_source(client: Client, source: Source) -> bool:
    client.post(f"/admin/snippets/articles/source/delete/{source.pk}/")
    return not Source.objects.exists()


def make_account(client: Client, _: Any, **fields: str) -> bool:
    passwords = dict.fromkeys(("password1", "password2"), "kettle-and-steam")
    names = {"username": "new", "email": "new@example.org", "first_name": "N", "last_name": "N", "is_active": "on"}
    client.post("/admin/users/new/", names | passwords | fields)
    return User.objects.filter(username="new").exists()


def make_superuser(client: Client, page: Any) -> bool:
    return make_account(client, page, is_superuser="on")


def change_account(client: Client, user: User) -> bool:
    fields = {"username": "renamed", "email": user.email, "first_name": "N", "last_name": "N", "is_active": "on"}
    client.post(f"/admin/users/edit/{user.pk}/", fields)
    return User.objects.filter(username="renamed").exists()


def open_page(address: str) -> Callable[[Client, Any], bool]:
    """Return what opens a page of the admin."""
    return lambda client, page: client.get(address.format(page and page.pk)).status_code == 200


ACTIONS: dict[str, Callable[[Client, Any], bool]] = {
    "Create": create,
    "Import a text": import_text,
    "Edit": edit,
    "Delete": delete,
    "Give reasons for warnings": waive,
    "Preview": open_page("/admin/pages/{}/view_draft/"),
    "See the history": open_page("/admin/pages/{}/history/"),
    "Compare versions": open_page("/admin/pages/{}/revisions/compare/earliest...latest/"),
    "Hand over": hand_over,
    "Approve": approve,
    "Publish": publish,
    "Schedule": schedule,
    "Publish in bulk": publish_in_bulk,
    "Unpublish": unpublish,
    "Retract": retract,
    "Correct": correct,
    "Sign the review": review,
    "Ask for changes": ask_for_changes,
    "Sign off": sign_off,
    "Withdraw": withdraw,
    "Add a source": add_source,
    "Change a source": change_source,
    "Delete a source": delete_source,
    "See the report of findings": open_page("/admin/reports/findings/"),
    "Make an account": make_account,
    "Make a superuser": make_superuser,
    "Change an account": change_account,
}
