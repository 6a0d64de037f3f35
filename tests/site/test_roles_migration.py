"""The migration that makes the roles: it finds what it gives rights to, whatever a site calls it."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page

from articles.models import ArticleIndexPage
from authors.models import AuthorIndexPage

migration = importlib.import_module("pages.migrations.0006_roles_and_workflow")


def test_writers_may_add_pages_where_the_address_was_changed(db, capsys):
    Group.objects.filter(name__in=["Writers", "Administrators"]).delete()
    indexes = [ArticleIndexPage.objects.get(), AuthorIndexPage.objects.get()]
    for number, index in enumerate(indexes):
        index.slug = f"renamed-{number}"
        index.save()

    migration.give_roles(apps, None)

    def pages(group: str) -> set[int]:
        return set(GroupPagePermission.objects.filter(group__name=group).values_list("page", flat=True))

    assert pages("Writers") == {index.pk for index in indexes}
    assert pages("Administrators") == {Page.objects.get(depth=1).pk}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["Editors", "Medical reviewers"])
def test_operator_is_told_of_a_group_that_is_missing(db, capsys, name):
    Group.objects.filter(name=name).update(name="Redaktion")

    migration.give_roles(apps, None)

    assert capsys.readouterr().out.strip().startswith(f"There is no group “{name}”")
