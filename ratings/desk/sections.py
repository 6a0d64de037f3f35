"""Which part of the site somebody moderates: all of it, or the sections that their groups look after."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.log_actions import log
from wagtail.models import Page

from articles.models import ArticlePage
from ratings.models import Comment, ModeratedSection

Row = TypeVar("Row", bound=Model)


def sections_of(user: User) -> list[Page] | None:
    """Return the pages below which `user` moderates, or None for the whole site. One query, none for a superuser.

    Somebody in several groups that moderate has the sections of all of them; a group without sections has the site.
    """
    if user.is_superuser:
        return None
    moderating = Permission.objects.filter(content_type__app_label="ratings", codename="moderate_comment")
    groups = Group.objects.filter(user=user, permissions__in=moderating)
    sections = list(ModeratedSection.objects.filter(group__in=groups).select_related("page"))
    if len({section.group_id for section in sections}) < groups.count() or not sections:
        return None
    return [section.page for section in sections]


def within(rows: QuerySet[Row], user: User, article: str = "article") -> QuerySet[Row]:
    """Return those of `rows` that `user` moderates; `article` is the way from a row to its article."""
    sections = sections_of(user)
    if sections is None:
        return rows
    condition = Q(pk__in=[])
    for section in sections:
        condition |= Q(**{f"{article}__path__startswith": section.path})
    return rows.filter(condition)


def moderates(user: User, article: ArticlePage) -> bool:
    """Return whether `article` stands in a section that `user` moderates."""
    sections = sections_of(user)
    return sections is None or any(article.path.startswith(section.path) for section in sections)


def must_moderate(request: HttpRequest, article: ArticlePage, **told: Any) -> None:
    """Raise PermissionDenied unless the article stands in a section of whoever asks.

    A POST to what is not theirs is no slip: it leaves an entry, with what is `told`, in the article's history.
    """
    if moderates(request.user, article):  # type: ignore[arg-type]  # the admin lets nobody else come so far
        return
    if request.method == "POST":
        log(instance=article, action="ratings.refuse", user=request.user, data={"reason": "", **told})
    raise PermissionDenied


def moderated_comment(request: HttpRequest, pk: int) -> Comment:
    """Return the comment, if whoever asks moderates it; raises Http404, or PermissionDenied in another's section."""
    comment = get_object_or_404(Comment.objects.select_related("article").defer("article__body"), pk=pk)
    must_moderate(request, comment.article, comment=pk)
    return comment
