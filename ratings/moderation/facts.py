"""What the site knows of a comment, its writer and its links before the comment is judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from articles.models import ArticlePage
from findable.prepared import Prepared
from ratings.badges import standpoint_of
from ratings.models import Badge, Comment, Decision, LinkedDomain, Reader, Sanction, SanctionKind, State
from ratings.models.comment import CommentQuerySet
from ratings.models.policy import policy_for
from ratings.models.sanction import SILENCING
from ratings.moderation.learning import opinion_of
from ratings.moderation.likeness import fingerprint_of, near_ones
from ratings.moderation.linking import domains_in
from ratings.moderation.submission import Alike, DomainRecord, Submission, Writer
from ratings.moderation.words import current_words

LATELY = timedelta(days=30)
MOST_COMPARED = 2_000
"""So many of the latest comments are compared with the one at hand."""
MOST_DOMAINS = 20
"""So many of its domains are looked up; a comment with more of them is held for its links."""

REFUSED = (State.HIDDEN, State.REJECTED, State.SPAM)


def facts_about(
    text: str,
    *,
    name: str,
    article: ArticlePage,
    readers: Iterable[Reader],
    account: User | None,
    network: str,
    key: str,
    now: datetime,
    edited: Comment | None = None,
) -> Submission:
    """Return `text` as the checks see it, with all that the database knows; of the way it was sent it says nothing.

    `readers` are whom it came from: none for a guest who is new, two for a guest who has signed in since. `network` is
    a digest, "" if unknown; `key` makes this comment this one. In an edit, the comment that is `edited` speaks neither
    for nor against itself. Ask outside of the transaction that stores it: nothing here needs a lock.

    Queries for a guest: policy, words, model, and one each for the writer, the sanctions, the domains and the likeness
    where there is something to ask for; a few more for an account, for its badge, and where topics have policies.
    """
    # A browser that another account signed in on before is somebody else's.
    keys = {reader.pk for reader in readers if account is None or reader.user_id in (None, account.pk)}
    others = Comment.objects.exclude(pk=edited.pk) if edited is not None else Comment.objects.all()
    return Submission(
        text=text,
        name=name,
        writer=_writer(keys, article, account, network, others.filter(reader__in=keys), now),
        policy=policy_for(article),
        words=current_words(),
        domains=_records(list(islice(domains_in(text), MOST_DOMAINS)), edited, now),
        alike=_alike(text, article, keys, edited, now),
        spam=opinion_of(text, key=key),
    )


def _writer(
    keys: set[int],
    article: ArticlePage,
    account: User | None,
    network: str,
    written: CommentQuerySet,
    now: datetime,
) -> Writer:
    sanctions = _sanctions(keys, network, now)
    return Writer(
        is_staff=standpoint_of(account, article).badge != Badge.NONE,
        is_premoderated=any(reader in keys and kind == SanctionKind.PREMODERATION for reader, kind in sanctions),
        banned_neighbors=len({reader for reader, kind in sanctions if reader not in keys and kind in SILENCING}),
        # A guest who is new has written nothing.
        **(_counts(written, now) if keys else {}),
    )


def _counts(written: CommentQuerySet, now: datetime) -> dict[str, int]:
    """Return the numbers in `Writer` that follow from what somebody has `written`."""
    lately = Q(created_at__gt=now - LATELY)
    # What the checks published or refused by themselves says nothing new about a writer.
    by_moderator = Exists(
        Decision.objects.filter(comment=OuterRef("pk"), to_state=OuterRef("state"), is_by_moderator=True)
    )
    return written.aggregate(
        published=Count("pk", filter=Q(state=State.PUBLISHED)),
        approved=Count("pk", filter=Q(by_moderator, state=State.PUBLISHED)),
        published_lately=Count("pk", filter=Q(state=State.PUBLISHED) & lately),
        refused_lately=Count("pk", filter=Q(by_moderator, state__in=REFUSED) & lately),
    )


def _sanctions(keys: set[int], network: str, now: datetime) -> list[tuple[int, str]]:
    """Return the sanctions in force, as reader and kind: the writer's own, and others' from the same network."""
    return _in_force(keys=keys, network=network, now=now) if keys or network else []


def _in_force_on(keys: list[int], network: str, now: datetime) -> QuerySet[Sanction, tuple[int, str]]:
    # Only by the second condition, which says that the network is known, does SQLite see that the index will do.
    from_there = Comment.objects.filter(network=network).exclude(network="")
    concerned = Q(reader__in=keys) | Q(reader__in=from_there.values("reader"))
    return Sanction.objects.in_force(now).filter(concerned).values_list("reader", "kind")


_in_force = Prepared(_in_force_on)


def _records(domains: Collection[str], edited: Comment | None, now: datetime) -> Mapping[str, DomainRecord]:
    if not domains:
        return {}
    links = LinkedDomain.objects.filter(domain__in=domains)
    if edited is not None:
        links = links.exclude(comment=edited)
    found = links.values("domain").annotate(
        first_at=Min("comment__created_at"),
        published=Count("pk", filter=Q(comment__state=State.PUBLISHED)),
        spam=Count("pk", filter=Q(comment__state=State.SPAM)),
    )
    return {
        row["domain"]: DomainRecord(known_for=now - row["first_at"], published=row["published"], spam=row["spam"])
        for row in found
    }


def _alike(text: str, article: ArticlePage, keys: set[int], edited: Comment | None, now: datetime) -> Alike:
    fingerprint = fingerprint_of(text)
    if fingerprint is None:
        return Alike()
    near = near_ones(fingerprint, _latest(since=now - LATELY, edited=edited.pk if edited is not None else 0))
    return Alike(
        comments=len(near),
        articles=len({article.pk, *(under for _, under, _, _ in near)}),
        spam=sum(state == State.SPAM for _, _, state, _ in near),
        by_others=sum(reader not in keys for _, _, _, reader in near),
    )


def _latest_since(since: datetime, edited: int) -> QuerySet[Comment, tuple[Any, ...]]:
    # What a reader took back may be said again.
    others = Comment.objects.exclude(pk=edited).exclude(state=State.DELETED)
    compared = others.filter(created_at__gt=since, fingerprint__isnull=False).order_by("-created_at")
    return compared.values_list("fingerprint", "article", "state", "reader")[:MOST_COMPARED]


_latest = Prepared(_latest_since)
