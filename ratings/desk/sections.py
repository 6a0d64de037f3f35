"""Which part of the site somebody moderates: all of it, or the sections that their groups look after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.log_actions import log

from articles.models import ArticlePage
from ratings.models import Comment

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Scope:
    """What somebody moderates: the pages below some paths of the tree, or with None the whole site."""

    paths: tuple[str, ...] | None = None

    @classmethod
    def of(cls, user: User) -> Self:
        """Return what `user` moderates. One query, none for a superuser.

        Somebody in several groups that moderate has the sections of all of them; a group without sections has the site.
        """
        if user.is_superuser:
            return cls()
        moderating = Permission.objects.filter(content_type__app_label="ratings", codename="moderate_comment")
        groups = Group.objects.filter(user=user, permissions__in=moderating)
        sections = set(groups.values_list("moderated_sections", "moderated_sections__page__path"))
        if not sections or any(section is None for section, _path in sections):
            return cls()
        return cls(tuple(sorted(path for _section, path in sections if path is not None)))

    def within(self, rows: Rows, article: str = "article") -> Rows:
        """Return those of `rows` that belong to it; `article` is the way from a row to its article."""
        if self.paths is None:
            return rows
        condition = Q(pk__in=[])
        for path in self.paths:
            condition |= Q(**{f"{article}__path__startswith": path})
        return rows.filter(condition)

    def covers(self, article: ArticlePage) -> bool:
        """Return whether `article` belongs to it."""
        return self.paths is None or article.path.startswith(self.paths)


def within(rows: Rows, user: User, article: str = "article") -> Rows:
    """Return those of `rows` that `user` moderates; `article` is the way from a row to its article. One query."""
    return Scope.of(user).within(rows, article)


def moderates(user: User, article: ArticlePage) -> bool:
    """Return whether `article` stands in a section that `user` moderates."""
    return Scope.of(user).covers(article)


def must_moderate(request: HttpRequest, article: ArticlePage, **told: Any) -> None:
    """Raise PermissionDenied unless the article stands in a section of whoever asks.

    A POST to what is not theirs is no slip: it leaves an entry, with what is `told`, in the article's history.
    """
    if moderates(cast(User, request.user), article):
        return
    if request.method == "POST":
        log(instance=article, action="ratings.refuse", user=request.user, data={"reason": "", **told})
    raise PermissionDenied


def moderated_comment(request: HttpRequest, pk: int) -> Comment:
    """Return the comment, if whoever asks moderates it; raises Http404, or PermissionDenied in another's section."""
    comment = get_object_or_404(Comment.objects.select_related("article").defer("article__body"), pk=pk)
    must_moderate(request, comment.article, comment=pk)
    return comment
