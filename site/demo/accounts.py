"""The accounts of a development site."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

from authors.models import AuthorPage

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


def link_reviewer() -> None:
    """Let the reviewer's account be that of the person of this name, once the demo is loaded: so they can sign."""
    account = User.objects.get(username="reviewer")
    if not AuthorPage.objects.filter(account=account).exists():
        AuthorPage.objects.filter(title=account.get_full_name(), account=None).update(account=account)
