"""What actions hold while they write, and what they make sure of first.

Locks are taken in one order everywhere: the account, the readers by their keys, sanctions and then bulks, the rating
summaries by article, the first comments of threads by their keys, other rows; the limits' buckets come last. Who needs
several threads of an article holds its summary: of those that do not, nobody waits for a second thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.models import ArticlePage
from findable.prepared import Prepared
from findable.visibility import seen_by_everybody
from ratings import limits
from ratings.actions.refusals import NotOpen, ReaderGone, Silenced
from ratings.models import Comment, RatingSummary, Reader, Sanction
from ratings.models.sanction import longest


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Where a response came from over the network: the digest of an address ("" if it is unknown).

    An action without a sender is the site's own (an import, the demo, a task); no limit holds it.
    """

    network: str = ""


def must_be_open(article: ArticlePage) -> None:
    """Raise NotOpen unless any reader can see `article`."""
    if not _open(article=article.pk):
        raise NotOpen


_open = Prepared(lambda article: seen_by_everybody(ArticlePage.objects.filter(pk=article)).values_list("pk").order_by())


def must_exist(reader: Reader) -> None:
    """Hold the reader's row, so that nobody joins it away before the response is stored; raises ReaderGone."""
    if not Reader.objects.select_for_update(no_key=True).filter(pk=reader.pk).exists():
        raise ReaderGone


def must_be_heard(reader: Reader, now: datetime) -> None:
    """Hold the reader's row, and raise Silenced if they are muted or banned; raises ReaderGone.

    Who sanctions the reader holds the row as well: what is being stored is there before, or refused after. So one that
    began after `now`, while this was on its way here, holds too.
    """
    must_exist(reader)
    silence = longest(_silences(reader=reader.pk, now=now))
    if silence is not None:
        raise Silenced(silence)


_silences = Prepared(lambda reader, now: Sanction.objects.not_over(now).silencing().filter(reader=reader))


def lock_summary(article_id: int) -> None:
    """Make sure that the article has a summary row, and hold its lock until the transaction ends."""
    row = RatingSummary.objects.select_for_update(no_key=True).filter(article_id=article_id).values_list("pk")
    if not row:
        RatingSummary.objects.get_or_create(article_id=article_id)
        row.get()


def lock_threads(threads: Iterable[Any]) -> None:
    """Hold the first comments of `threads`, given by their keys or as a query of such.

    Who holds them may move and count whatever stands below.
    """
    list(Comment.objects.select_for_update(no_key=True).filter(pk__in=threads).order_by("pk").values_list("pk"))


def charge(doing: limits.Doing, *, sender: Sender | None, reader: Reader, article_id: int, now: datetime) -> None:
    """Take what `doing` costs from the buckets of its `sender`; raises TooMany. The site's own doings are free."""
    if sender is not None:
        limits.take(doing, reader=reader.pk, network=sender.network, article=article_id, now=now)
