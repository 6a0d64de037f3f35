"""Makes a large site, or what is missing of one: `python -m benchmarks.large.making ARTICLES`.

Articles come in packs, each with all that belongs to it in one transaction. Whoever is interrupted, or killed, begins
again with the first pack that is not there: what counts as made is what the database holds.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from datetime import datetime

import django
from django.db import transaction

PACK = 500
COMMENTS = 10
"""So many comments an article has on average."""


def make(count: int) -> None:
    """Bring the site to `count` articles, telling how far it is and how long the rest will take."""
    from articles.models import ArticlePage, TopicPage
    from authors.models import AuthorPage
    from benchmarks.figures import tell
    from benchmarks.large.articles import BEGAN_AT, YEARS, make_articles, make_authors, make_topics
    from benchmarks.large.responses import make_readers, make_responses
    from ratings.models import Reader

    for is_there, make_all in (
        (TopicPage.objects.filter(depth__gt=3).exists, make_topics),
        (AuthorPage.objects.exists, lambda: make_authors(count)),
        (Reader.objects.exists, lambda: make_readers(count * COMMENTS)),
    ):
        if not is_there():
            with transaction.atomic():
                make_all()
    before = ArticlePage.objects.count()
    began = time.monotonic()
    # Half a year after the last article, whenever the site is made.
    now: datetime = BEGAN_AT + YEARS * 9 / 8
    for first in range(before, count, PACK):
        size = min(PACK, count - first)
        with transaction.atomic():
            make_responses(make_articles(first, size, of=count), first, now=now)
        done, seconds = first + size, time.monotonic() - began
        left = seconds / (done - before) * (count - done)
        tell(f"  {done:,} of {count:,} articles, {seconds:,.0f} s; about {left:,.0f} s left")


if __name__ == "__main__":
    django.setup()
    with suppress(KeyboardInterrupt):
        make(int(sys.argv[1]))
        sys.exit()
    sys.exit(130)
