"""From a change to the last page that shows it: the app and the worker run, this process is the editor's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.utils import timezone
from wagtail.models import Page, Site

from articles.models import ArticlePage
from authors.actions import author_named
from benchmarks.almanac.content import make_full_article, make_readers
from benchmarks.almanac.server import HEADERS, app, worker
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import FRESH, SITE_FRESH
from benchmarks.programs import Running
from pages.models import SiteSettings
from ratings import actions
from ratings.models import Comment, State
from ratings.moderation.judge import Verdict

PATIENCE = 15.0
"""Seconds; what is not fresh by then counts as so many."""
LOOKING = 0.02
ARTICLES = 30

Reads = Callable[[str], bool]
"""Whether a page, which is empty where there is none, tells what is true now."""


@dataclass(frozen=True)
class Change:
    """Something that an editor, a moderator or a reader does, and how each page that it touches reads afterwards."""

    name: str
    make: Callable[[], object]
    pages: dict[str, Reads]


def fresh() -> Iterator[Figure]:
    """Yield the seconds from each kind of change until every page that it touches is fresh, and the worst of them."""
    tell(f"A site with {ARTICLES} articles")
    articles = [make_full_article(f"Whistling {number:02}") for number in range(ARTICLES)]
    with worker(), app() as server:
        site = _Site(server)
        site.is_kept()
        seconds = []
        for change in _changes(articles, site):
            seconds.append(site.seconds_until_fresh(change))
            yield Figure(
                of=ALMANAC, name=f"{FRESH}: {change.name} ({len(change.pages)} pages)", value=seconds[-1], unit="s"
            )
        yield Figure(of=ALMANAC, name=FRESH, value=max(seconds), unit="s")
        everywhere = _renaming_the_site(site)
        name = f"{SITE_FRESH} ({len(everywhere.pages)} pages)"
        yield Figure(of=ALMANAC, name=name, value=site.seconds_until_fresh(everywhere), unit="s")


def _changes(articles: list[ArticlePage], site: _Site) -> Iterator[Change]:
    """Yield the changes, each with the pages that show what it is about to change."""
    newest, other = articles[-1], articles[0]
    readers = make_readers(2)
    of_articles = {site.address_of(article) for article in ArticlePage.objects.live()}
    listings = [address for address in site.telling(newest.title) if address not in of_articles]

    def publish(article: ArticlePage, title: str) -> None:
        article.title = title
        article.save_revision().publish()

    yield Change(
        "a title corrected",
        lambda: publish(newest, "Humming 29"),
        dict.fromkeys(site.telling("Whistling 29"), lambda page: "Humming 29" in page and "Whistling 29" not in page),
    )
    own = f"{urlsplit(site.address_of(newest)).path.rstrip('/').rpartition('/')[0]}/bubbling/"
    yield Change(
        "an article published",
        lambda: make_full_article("Bubbling"),
        dict.fromkeys([own, *listings], lambda page: "Bubbling" in page),
    )
    ruth = author_named(name="Ruth Kettler")

    def rename() -> None:
        ruth.title = "Ruth Pott"
        ruth.save_revision().publish()

    yield Change(
        "an author renamed",
        rename,
        dict.fromkeys(site.telling("Ruth Kettler"), lambda page: "Ruth Pott" in page and "Ruth Kettler" not in page),
    )
    before = site.page(site.address_of(other))
    yield Change(
        "a vote",
        lambda: actions.rate(article=other, reader=readers[0], stars=4, now=timezone.now()),
        {site.address_of(other): lambda page: page not in ("", before)},
    )

    def comment() -> None:
        written.append(
            actions.comment(
                article=other,
                reader=readers[1],
                name="Ina",
                email="ina@example.org",
                text="Mine gurgles.",
                verdict=Verdict(state=State.PUBLISHED),
                now=timezone.now(),
            )
        )

    written: list[Comment] = []
    yield Change("a comment published", comment, {site.address_of(other): lambda page: "Mine gurgles." in page})

    def hide() -> None:
        comment = written[0]
        actions.decide(comment=comment, version=comment.version, to=State.SPAM, now=timezone.now())

    yield Change(
        "a comment hidden", hide, {site.address_of(other): lambda page: page != "" and "Mine gurgles." not in page}
    )
    yield Change(
        "an article taken down",
        newest.unpublish,
        dict.fromkeys(site.telling("Humming 29"), lambda page: "Humming 29" not in page),
    )


def _renaming_the_site(site: _Site) -> Change:
    settings_of_site = SiteSettings.for_site(Site.objects.get(is_default_site=True))

    def rename() -> None:
        settings_of_site.name = "Kettle Digest"
        settings_of_site.save()

    return Change("the site renamed", rename, dict.fromkeys(site.addresses(), lambda page: "Kettle Digest" in page))


class _Site:
    """The site as a reader sees it."""

    def __init__(self, server: Running) -> None:
        self._server = server

    def page(self, address: str) -> str:
        """Return what a reader gets; nothing where there is nothing."""
        try:
            with urlopen(Request(self._server.address(address), headers=HEADERS)) as answer:  # noqa: S310 (our own server)
                return str(answer.read().decode())
        except HTTPError:
            return ""

    def address_of(self, page: Page) -> str:
        """Return the address of `page`, without the host."""
        return urlsplit(page.get_url() or "").path

    def addresses(self) -> list[str]:
        """Return the addresses of all pages that are live."""
        return [self.address_of(page) for page in Page.objects.live().filter(depth__gt=1).specific()]

    def telling(self, words: str) -> list[str]:
        """Return the addresses of the pages that show `words`."""
        return [address for address in self.addresses() if words in self.page(address)]

    def is_kept(self) -> None:
        """Ask for every page, and again until nothing is made any more: what is measured begins in a quiet moment."""
        for address in self.addresses():
            self.page(address)
        time.sleep(3)

    def seconds_until_fresh(self, change: Change) -> float:
        """Make `change` and return how many seconds pass until all its pages are fresh, at most `PATIENCE`."""
        if not change.pages:
            raise SystemExit(f"No page shows what changes: {change.name}.")
        # More than the pause between two makings of the same page.
        time.sleep(1.5)
        began = time.perf_counter()
        change.make()
        # One after the other: what is fresh stays so, and whoever makes the pages has the machine to itself.
        for address, reads in change.pages.items():
            while not reads(self.page(address)):
                if time.perf_counter() - began > PATIENCE:
                    tell(f"Not fresh after {PATIENCE:g} s: {change.name}, on {address}")
                    return PATIENCE
                time.sleep(LOOKING)
        return time.perf_counter() - began
