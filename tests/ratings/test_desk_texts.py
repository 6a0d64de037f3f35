"""Canned texts and moderated sections in the admin."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Page

from ratings.models import CannedText, Ground, ModeratedSection

pytestmark = pytest.mark.django_db


def test_shipped_texts_are_listed_until_there_is_an_own_one(client, admin):
    client.force_login(admin)
    shipped = "Your comment is not about this article."
    assert shipped in unescape(client.get("/admin/canned-texts/").content.decode())

    client.post("/admin/canned-texts/new/", {"ground": "off_topic", "text": "Please stay with the kettle."})

    assert CannedText.objects.get().ground == Ground.OFF_TOPIC
    page = unescape(client.get("/admin/canned-texts/").content.decode())
    assert "Please stay with the kettle." in page
    assert shipped not in page


def test_same_text_twice_on_a_ground_is_refused_in_words(client, admin):
    client.force_login(admin)
    for status in (302, 200):
        answer = client.post("/admin/canned-texts/new/", {"ground": "spam", "text": "No advertising."})
        assert answer.status_code == status

    assert "already exists" in answer.content.decode()


def test_canned_texts_need_the_permission_of_the_model(client, editor):
    client.force_login(editor)
    assert client.get("/admin/canned-texts/new/").status_code == 302
    editor.user_permissions.add(Permission.objects.get(codename="add_cannedtext"))
    assert client.get("/admin/canned-texts/new/").status_code == 200


def test_sections_are_for_administrators_whatever_permissions_others_have(client, moderator, admin, article):
    fields = {
        "group": Group.objects.get(name="Comment moderators").pk,
        "page": Page.objects.parent_of(article).get().pk,
    }
    moderator.user_permissions.add(*Permission.objects.filter(content_type__model="moderatedsection"))
    client.force_login(moderator)
    assert client.post("/admin/moderated-sections/new/", fields).status_code == 302
    assert not ModeratedSection.objects.exists()
    assert "/admin/moderated-sections/" not in client.get("/admin/").content.decode()

    client.force_login(admin)
    client.post("/admin/moderated-sections/new/", fields)
    assert ModeratedSection.objects.get().page_id == fields["page"]
    assert "Moderates only" in client.get("/admin/moderated-sections/").content.decode()


def test_no_group_is_offered_permissions_for_sections(client, admin):
    client.force_login(admin)
    group = Group.objects.get(name="Comment moderators")

    page = client.get(f"/admin/groups/edit/{group.pk}/").content.decode()

    assert str(Permission.objects.get(codename="add_moderatedsection").pk) not in [
        part.split('"')[0] for part in page.split('name="permissions" value="')[1:]
    ]
