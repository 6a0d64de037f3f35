"""The picture that stands for a page where somebody shares its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.models import ArticlePage
from findable.models import FindablePage
from findable.nodes import absolute
from freshness import tags
from freshness.collecting import depends_on
from pages.models import SiteSettings, SocialCard

WIDE = 600
"""So many pixels across is a picture that can be shown large."""


@dataclass(frozen=True, kw_only=True)
class SharedPicture:
    """A picture by its absolute address, its size in pixels, and what it shows in words."""

    address: str
    width: int
    height: int
    description: str

    @property
    def is_wide(self) -> bool:
        """Whether it fills the width of a post: smaller or narrower ones stand beside the words."""
        return self.width >= WIDE and 2 * self.width >= 3 * self.height


def shared_picture(page: FindablePage | None, site: SiteSettings) -> SharedPicture | None:
    """Return the picture of `page`: its card, or its first own picture of which a size exists, or the site's logo."""
    if isinstance(page, ArticlePage):
        depends_on(tags.card(page.pk))
    if isinstance(page, ArticlePage) and (card := getattr(page, "social_card", None)):
        return _card(card, page.title)
    for picture in _pictures(page):
        if picture.made_sizes:
            return _shared(picture.largest, picture.description or getattr(page, "title", ""))
    return _shared(site.logo, site.name) if site.logo else None


def _pictures(page: FindablePage | None) -> list[Any]:
    shown = getattr(page, "pictures", None)
    return shown() if shown else []


def _card(card: SocialCard, title: str) -> SharedPicture:
    address = absolute(card.file.url)
    return SharedPicture(address=address, width=SocialCard.WIDTH, height=SocialCard.HEIGHT, description=title)


def _shared(size: Any, description: str) -> SharedPicture:
    address = absolute(size.file.url)
    return SharedPicture(address=address, width=size.width, height=size.height, description=description)
