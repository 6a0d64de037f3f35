"""The accounts of a development site."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

PASSWORD = "almanac"  # noqa: S105  (known to everyone, and made in development only)
GROUPS = {
    "admin": None,
    "editor": "Editors",
    "writer": "Writers",
    "reviewer": "Medical reviewers",
    "moderator": "Comment moderators",
}
NAMES = {
    "admin": ("Alma", "Reyes"),
    "editor": ("Edgar", "Linden"),
    "writer": ("Wilma", "Hart"),
    "reviewer": ("Ines", "Calderon"),
    "moderator": ("Mona", "Ferris"),
}
"""Account names and their groups; the administrator needs none."""


def make_accounts() -> list[str]:
    """Make the development accounts that are missing; return the names of all."""
    for name, group in GROUPS.items():
        user, created = User.objects.get_or_create(username=name, defaults={"email": f"{name}@example.org"})
        if not created:
            continue
        user.first_name, user.last_name = NAMES[name]
        user.is_superuser = user.is_staff = group is None
        user.set_password(PASSWORD)
        user.save()
        if group is not None:
            user.groups.add(Group.objects.get(name=group))
    return list(GROUPS)


def account_of(name: str) -> User | None:
    """Return the development account of the person called `name`, if there is one that belongs to no author page yet.

    The reviewer is one of the demo's authors, so that they can sign.
    """
    free = User.objects.filter(username__in=GROUPS, author_page=None)
    return next((account for account in free if account.get_full_name() == name), None)
