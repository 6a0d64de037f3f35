"""Videos at a provider, known by their address alone: nothing is asked over the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class HostedVideo:
    """A video at a provider: the page where people watch it there, and the address of its player."""

    provider: str
    page: str
    player: str

    @property
    def player_host(self) -> str:
        """The host that a browser asks as soon as the player is on the page."""
        return urlsplit(self.player).netloc.removeprefix("www.")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """How the addresses of a provider's videos are read (`number`, `key`) and written."""

    name: str
    address: re.Pattern[str]
    page: str
    player: str


PROVIDERS = (
    Provider(
        name="YouTube",
        address=re.compile(
            r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^\s#]*&)?v=|embed/|live/|shorts/)"
            r"|youtu\.be/)(?P<number>[\w-]{11})(?P<key>)(?:[?&#/]\S*)?",
            re.ASCII,
        ),
        page="https://www.youtube.com/watch?v={number}",
        # The host that sets no cookie before the video plays.
        player="https://www.youtube-nocookie.com/embed/{number}?rel=0",
    ),
    Provider(
        name="Vimeo",
        # An unlisted video has a key behind its number.
        address=re.compile(
            r"https?://(?:(?:www\.)?vimeo\.com/(?:channels/[\w-]+/|groups/[\w-]+/videos/)?|player\.vimeo\.com/video/)"
            r"(?P<number>\d{6,12})(?:(?:/|\?h=)(?P<key>[0-9a-f]{8,16})(?![\w-]))?(?:[?&#/]\S*)?",
            re.ASCII,
        ),
        page="https://vimeo.com/{number}/{key}",
        player="https://player.vimeo.com/video/{number}?dnt=1&h={key}",
    ),
)
"""Whose videos a page may show. Both can be asked not to follow a reader around."""


def hosted_video(address: str) -> HostedVideo | None:
    """Return the video whose page, player or short link is at `address`, or None if it is none of a known provider."""
    for provider in PROVIDERS:
        if read := provider.address.fullmatch(address):
            parts = {"number": read["number"], "key": read["key"] or ""}
            return HostedVideo(
                provider=provider.name,
                page=provider.page.format(**parts).removesuffix("/"),
                player=provider.player.format(**parts).removesuffix("&h="),
            )
    return None
