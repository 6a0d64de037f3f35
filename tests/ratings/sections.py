"""Two sections, people of every role, and one of everything that the desk is about in each section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission, Page

from articles.models import ArticlePage
from ratings import actions
from ratings.desk.selecting import Preview
from ratings.models import (
    CannedText,
    Comment,
    DiscussionPolicy,
    Ground,
    HelpfulVote,
    ModeratedSection,
    Phrase,
    Rating,
    Sanction,
    SanctionKind,
    SavedView,
    Standing,
    State,
)

KITCHEN, ELSEWHERE = "their section", "another section"
RULES = ("discussionpolicy", "phrase", "cannedtext", "moderatedsection")

Keys = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sections:
    """The section of the kitchen, where some of the people work, and the one that every site has."""

    make_article: Callable[..., ArticlePage]
    make_comment: Callable[..., Comment]
    make_reader: Callable[[], Any]
    make_user: Callable[..., User]
    admin: User

    @cached_property
    def kitchen(self) -> Page:
        """The section, with one article."""
        article = self.make_article("Pots")
        section: Page = article.get_parent().get_parent().add_child(instance=Page(title="Kitchen", slug="kitchen"))
        article.move(section, pos="last-child")
        return section

    def somebody(self, role: str) -> User | None:
        """Return a new account of that role, or None for a stranger."""
        if role == "stranger":
            return None
        if role == "administrator":
            return self.make_user("ruth", is_superuser=True)
        user: User = self.make_user("ruth")
        user.groups.set(self._groups(role))
        return user

    def _groups(self, role: str) -> list[Group]:
        shipped = {"editor": "Editors"} | dict.fromkeys(
            ("moderator", "locked account", "former moderator"), "Comment moderators"
        )
        if role in shipped:
            return [Group.objects.get(name=shipped[role])]
        permissions = {
            "reader": [],
            "publisher of the section": ["access_admin"],
            "keeper of the rules": [
                "access_admin",
                *(f"{act}_{rule}" for rule in RULES for act in ("add", "change", "delete")),
            ],
            "moderator who sanctions": ["access_admin", "moderate_comment", "add_sanction"],
            "moderator of the section": ["access_admin", "moderate_comment"],
            "moderator of the section who sanctions": ["access_admin", "moderate_comment", "add_sanction"],
        }
        group = Group.objects.create(name=role)
        group.permissions.set(Permission.objects.filter(codename__in=permissions[role]))
        assert group.permissions.count() == len(permissions[role])
        if role.startswith("moderator of the section"):
            ModeratedSection.objects.create(group=group, page=self.kitchen)
        if role == "publisher of the section":
            for permission in Permission.objects.filter(codename__in=["change_page", "publish_page"]):
                GroupPagePermission.objects.create(group=group, page=self.kitchen, permission=permission)
        return [group]

    def objects(self, user: User | None) -> Mapping[str, Keys]:
        """Return the keys of what is made for `user` to act on, by what the table of permissions calls it."""
        inside, draft = ArticlePage.objects.child_of(self.kitchen).get(), self.make_article("Draft")
        found: dict[str, Keys] = {KITCHEN: self._keys_at(inside, user)}
        found[ELSEWHERE] = self._keys_at(self.make_article("Steam"), user)

        erased = self.make_comment(State.PUBLISHED, article=inside)
        why = {"to": State.ERASED, "now": timezone.now(), "moderator": self.admin}
        decision = actions.decide(comment=erased, version=1, **why)
        found["erased"] = {"comment": erased.pk, "version": 2, "decision": decision.pk}

        found["unpublished"] = {"comment": self.make_comment(State.PUBLISHED, article=draft).pk, "version": 1}
        draft.move(self.kitchen, pos="last-child")
        draft.refresh_from_db()
        draft.unpublish()

        views = {"their own": (user or self.admin, False), "a shared one": (self.admin, True)}
        for name, (owner, is_shared) in (views | {"another’s": (self.admin, False)}).items():
            found[name] = {"view": SavedView.objects.create(owner=owner, name=name, is_shared=is_shared).pk}
        return found | {"–": self._rules()}

    def _rules(self) -> Keys:
        section = ModeratedSection.objects.create(group=Group.objects.get(name="Editors"), page=self.kitchen)
        return {
            "discussionpolicy": DiscussionPolicy.objects.create(closes_after_days=7).pk,
            "phrase": Phrase.objects.create(phrase="miracle", folded="miracle").pk,
            "cannedtext": CannedText.objects.create(ground=Ground.ABUSE, text="Be kind.").pk,
            "moderatedsection": section.pk,
            "group": section.group_id,
            "page": self.kitchen.get_parent().pk,
        }

    def _keys_at(self, article: ArticlePage, user: User | None) -> Keys:
        """Return the keys of one of everything that may be under `article`."""
        now = timezone.now()
        states = (State.PUBLISHED, State.PUBLISHED, State.PENDING, State.PENDING)
        comment, decided, *waiting = (self.make_comment(state, article=article, now=now) for state in states)
        keys = [[each.pk, each.version] for each in waiting]
        decision = actions.decide(comment=decided, version=1, to=State.HIDDEN, now=now, moderator=self.admin)
        error = actions.report_error(article=article, reader=comment.reader, text="It says 90 °C.", now=now)
        return self._votes_on(comment) | {
            "article": article.pk,
            "error": error.pk,
            "comment": comment.pk,
            "version": comment.version,
            "reader": comment.reader_id,
            "decision": decision.pk,
            "sanction": self._sanction(comment).pk,
            "bulk": self._bulk(keys),
            "preview": _preview(user, keys),
        }

    def _sanction(self, comment: Comment) -> Sanction:
        why = {"ground": Ground.ABUSE, "now": timezone.now(), "moderator": self.admin}
        return actions.sanction(reader=comment.reader, kind=SanctionKind.WARNING, **why)

    def _bulk(self, keys: list[list[int]]) -> Any:
        """Return the key of a bulk that has decided on one comment, and has another one left."""
        first, last = ([pk for pk, _version in keys][:count] for count in (1, 2))
        bulk = actions.begin_bulk(
            matching=Comment.objects.filter(pk__in=last),
            selection={"keys": keys},
            to=State.SPAM,
            seen_at=timezone.now(),
            until=last[-1],
            now=timezone.now(),
            moderator=self.admin,
        )
        actions.continue_bulk(bulk=bulk, matching=Comment.objects.filter(pk__in=first), now=timezone.now())
        type(bulk).objects.filter(pk=bulk.pk).update(finished_at=None, skipped=0)
        return bulk.public_id

    def _votes_on(self, comment: Comment) -> dict[str, Any]:
        """Return the keys of votes that wait, and of a judgment; earlier ratings count no more."""
        now, about = timezone.now(), {"article": comment.article, "now": timezone.now()}

        def rate(stars: int) -> Rating:
            return actions.rate(reader=self.make_reader(), stars=stars, **about)

        rate(4)
        actions.begin_anew(moderator=self.admin, reason="", **about)
        rate(4)
        held = actions.judge_rating(rating=rate(1), standing=Standing.QUARANTINED, now=now)
        with LogContext(user=self.admin) as context:
            actions.judge_rating(rating=rate(2), standing=Standing.REJECTED, now=now, moderator=self.admin)
        actions.find_helpful(comment=comment, reader=self.make_reader(), helpful=True, now=now)
        helpful = HelpfulVote.objects.latest("pk")
        actions.judge_helpful(vote=helpful, standing=Standing.QUARANTINED)
        return {"rating": held.pk, "helpful": helpful.pk, "judgment": context.uuid}


def _preview(user: User | None, keys: list[list[int]]) -> str:
    preview = Preview(
        public_id=uuid4(),
        moderator=user.pk if user else 0,
        selection={"keys": keys},
        to=State.SPAM,
        ground=None,
        reason="",
        note="",
        seen_at=timezone.now(),
        until=keys[-1][0],
    )
    return preview.sealed()


def signed_in(user: User | None, role: str = "", **options: Any) -> Client:
    """Return the browser of somebody; who is locked or leaves the moderators does so after they had signed in."""
    client = Client(**options)
    if user is None:
        return client
    client.force_login(user)
    if role in ("locked account", "former moderator"):
        assert client.get(reverse("reader_comments")).status_code == 200
    if role == "locked account":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if role == "former moderator":
        user.groups.set([Group.objects.get(name="Editors")])
    return client
