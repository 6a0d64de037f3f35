"""What the person behind an account is to an article."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db.models import Q, QuerySet

from articles.models import ArticlePage, Contributor
from authors.models import AuthorPage
from findable.prepared import Prepared
from ratings.models import Badge

MODERATE = "ratings.moderate_comment"


@dataclass(frozen=True, kw_only=True)
class Standpoint:
    """The badge that somebody writes with, and the author page it leads to."""

    badge: Badge = Badge.NONE
    person: AuthorPage | None = None


def has_part_in(user: User, article: ArticlePage) -> bool:
    """Return whether `user` had a hand in `article`, and so must not rate it: its owner, a contributor, an editor."""
    return (
        article.owner_id == user.pk
        or article.contributors.filter(author__account=user).exists()
        or bool(article.permissions_for_user(user).can_edit())
    )


def standpoint_of(user: User | None, article: ArticlePage) -> Standpoint:
    """Return with which badge `user` writes under `article`. Guests (None) have none: a name proves nothing."""
    if user is None or not user.is_active:
        return Standpoint()
    own = article.contributors.filter(author__account=user).select_related("author")
    parts = {contributor.role: contributor.author for contributor in own}
    if (person := parts.get(Contributor.Role.AUTHOR)) is not None:
        return Standpoint(badge=Badge.AUTHOR, person=person)
    if (person := parts.get(Contributor.Role.REVIEWER)) is not None:
        return Standpoint(badge=Badge.REVIEWER, person=person)
    if parts or user.has_perm(MODERATE) or article.permissions_for_user(user).can_edit():
        return Standpoint(badge=Badge.STAFF, person=AuthorPage.objects.live().filter(account=user).first())
    return Standpoint()


def names_of_staff() -> list[str]:
    """Return the names that belong to somebody who writes or works here: author pages, moderators and editors.

    Such as are shown: who may not use the name of an account would know that there is one.
    """
    names = [f"{first} {last}" for first, last in _staff()]
    return [name for name in [*_titles(), *names] if name.strip()]


def _names_of_accounts() -> QuerySet[User, tuple[str, str]]:
    groups = Group.objects.filter(permissions__codename__in=["moderate_comment", "access_admin"])
    # Asked by keys, so that a site with many accounts does not join them all.
    members = User.groups.through.objects.filter(group__in=groups).values("user")
    staff = User.objects.filter(Q(is_superuser=True) | Q(pk__in=members), is_active=True)
    return staff.values_list("first_name", "last_name")


_staff = Prepared(_names_of_accounts)
_titles = Prepared(lambda: AuthorPage.objects.live().order_by().values_list("title", flat=True))
