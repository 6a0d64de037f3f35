"""Articles as Markdown: one file each, which reads well and comes back as the same blocks.

A file begins with front matter (YAML between two lines `---`) of these keys, each only if there is something to say:

- `title`, `slug`, `summary`, `search_description`;
- `authors`: their names; `topics`: the names on the way to each, parted by " / "; `tags`;
- `date`: when it was first published; `draft`: true while not everybody may read it; `revised_on`;
- `hero`: the picture above the article, and `hero_alt`: what it shows;
- `rating`: `mean` and `count`;
- `addresses`: where readers find it; `id`: what identifies it for good.

Below stand the title and the blocks, as their kinds write themselves. Pictures lie in `media/` under the SHA-256 of
their file. What is cited stands at the end as footnotes. See `returning` for how the blocks come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from articles import markdown
from articles.citations.describing import sources_in_markdown
from articles.citations.numbering import citing
from articles.exchange.almanac import MEDIA
from articles.exchange.parts import written
from articles.exchange.writing.piece import Piece, digest_of, pieces_of
from articles.exchange.writing.returning import blocks_that_return
from articles.exchange.writing.selection import Selection
from articles.links import links_known
from articles.models import ArticlePage, fetch_what_is_shown
from pictures.models import Picture

FORMAT = "markdown"
LABEL = _("Markdown: one file an article, to be read and edited anywhere")
ENDING = ".md"
IS_ONE_FILE = False


def pieces(selection: Selection, *, with_media: bool) -> Iterator[Piece]:
    """Yield a file for each article and, behind the first that shows it, each picture."""
    media = Media()
    for article in selection.articles():
        text = markdown_file(article, media)
        yield Piece(f"{article.slug}{ENDING}", text.encode())
        for name, picture in media.taken():
            if with_media:
                yield from pieces_of(name, picture.file)


class Media:
    """The names under which pictures lie beside the texts that show them."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._untaken: dict[str, Picture] = {}
        self._known: set[str] = set()

    def address_of(self, picture: Picture) -> str:
        """Return the address of `picture` in a text; empty if its file cannot be read."""
        if picture.pk not in self._names:
            digest = digest_of(picture.file)
            ending = PurePosixPath(picture.file.name).suffix.lower()
            name = f"{MEDIA}/{digest}{ending}" if digest else ""
            self._names[picture.pk] = name
            if name and name not in self._known:
                self._known.add(name)
                self._untaken[name] = picture
        return self._names[picture.pk]

    def taken(self) -> list[tuple[str, Picture]]:
        """Return what was addressed for the first time since it was asked last, with the names."""
        taken, self._untaken = [*self._untaken.items()], {}
        return taken


def markdown_file(article: ArticlePage, media: Media) -> str:
    """Return `article` as a Markdown file: as readers see it or, if they do not, as it was last saved."""
    shown = article if article.live else article.get_latest_revision_as_object()
    front = yaml.safe_dump(
        {key: value for key, value in _front_matter(shown, media).items() if value},
        allow_unicode=True,
        sort_keys=False,
        width=100_000,
    )
    fetch_what_is_shown(shown.body)
    with links_known(shown.body), citing(shown.body) as citations, markdown.pictures_at(media.address_of):
        body = blocks_that_return(shown.title, shown.body, citations)
        text = markdown.together(markdown.heading(shown.title, 1), *body, sources_in_markdown(citations))
    return f"---\n{front}---\n\n{text}\n"


def _front_matter(article: ArticlePage, media: Media) -> dict[str, Any]:
    published, rating = article.published_at, written("rating", article)
    return {
        "title": article.title,
        "slug": article.slug,
        "summary": article.summary,
        "search_description": article.search_description,
        "authors": [part.author.title for part in article.authors()],
        "topics": [" / ".join(_names_to(topic)) for topic in article.topics.all()],
        "tags": sorted(tag.name for tag in article.tags.all()),
        "date": published.isoformat() if published else None,
        "draft": not (article.live and article.is_for_everybody),
        "revised_on": article.revised_on,
        "hero": media.address_of(article.hero) if article.hero else "",
        "hero_alt": article.hero_description,
        "rating": {"mean": float(rating.mean), "count": rating.count} if rating else None,
        "addresses": [article.full_url] if article.live and article.full_url else [],
        "id": str(article.translation_key),
    }


def _names_to(topic: Any) -> list[str]:
    """Return the names on the way to `topic`, without the topmost, which holds all topics."""
    above = topic.get_ancestors(inclusive=True).type(type(topic)).order_by("depth")
    return [each.title for each in above[1:]] or [topic.title]
