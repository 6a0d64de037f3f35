"""Who may do what at the desk: every cell of the table in `docs/permissions.md`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.ratings.matrix import DONE, DOORS, HOME, cells, names_of_doors, tried
from tests.ratings.sections import Sections, signed_in

pytestmark = pytest.mark.django_db

CELLS = list(cells())
ROLES = list(dict.fromkeys(cell.role for cell in CELLS))
OTHERS = ("edit", "delete", "usage")


@pytest.fixture
def sections(make_article, make_comment, make_reader, make_user, admin) -> Sections:
    return Sections(
        make_article=make_article, make_comment=make_comment, make_reader=make_reader, make_user=make_user, admin=admin
    )


def test_table_names_every_page_of_the_desk():
    assert {cell.page for cell in CELLS} == names_of_doors()
    assert {cell.door for cell in CELLS} == set(DOORS)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_do_what_the_table_says_and_nothing_else(sections, role):
    user = sections.somebody(role)
    made = sections.objects(user)
    client = signed_in(user, role)
    wrong = {}
    for cell in (cell for cell in CELLS if cell.role == role):
        outcome, writes = tried(client, cell, made)
        stores = outcome == DONE and DOORS[cell.door].stores == cell.method
        if (outcome, bool(writes)) != (cell.outcome, stores):
            wrong[f"{cell.method} {cell.door} on {cell.on}"] = (outcome, writes)

    assert wrong == {}


def test_wrong_method_opens_nothing(sections, admin):
    made, client = sections.objects(admin), signed_in(admin)
    known = {(cell.method, cell.page) for cell in CELLS}
    wrong = {
        cell.page: replace(cell, method=method)
        for cell in CELLS
        for method in ("GET", "POST")
        if (method, cell.page) not in known
    }

    assert {page: tried(client, cell, made) for page, cell in wrong.items()} == dict.fromkeys(wrong, ("405", []))


def test_script_without_permission_gets_403(sections, editor):
    made, client = sections.objects(editor), signed_in(editor)
    led_home = [cell for cell in CELLS if cell.role == "editor" and cell.outcome == HOME]
    by_script = {"headers": {"x-requested-with": "XMLHttpRequest"}}

    assert {tried(client, cell, made, **by_script)[0] for cell in led_home} == {"403"}


def test_no_form_is_taken_without_the_token_of_the_admin(sections, admin):
    made, client = sections.objects(admin), signed_in(admin, enforce_csrf_checks=True)
    forms = [cell for cell in CELLS if cell.role == "administrator" and cell.method == "POST"]

    assert {cell.door: tried(client, cell, made) for cell in forms} == {cell.door: ("403", []) for cell in forms}


def test_one_permission_of_a_rule_opens_no_more_than_it_says(client, editor, sections):
    made = sections.objects(editor)["–"]
    editor.user_permissions.add(Permission.objects.get(codename="add_discussionpolicy"))
    client.force_login(editor)

    answers = [client.get(reverse(f"discussionpolicy:{name}", args=[made["discussionpolicy"]])) for name in OTHERS]

    assert client.get(reverse("discussionpolicy:add")).status_code == 200
    assert {answer["Location"] for answer in answers} == {"/admin/"}
