"""Short texts, recognized."""

from collections.abc import Callable

import pytest

from articles.exchange.findings import Found, Recognized
from articles.exchange.recognition import recognize
from articles.exchange.source import source_of

Read = Callable[[str], Recognized]
Find = Callable[[str], Found]

OPENING = "A Title\n\nAn opening paragraph.\n\n"


@pytest.fixture
def read() -> Read:
    """Recognize a text below a title and an opening paragraph; no word may be lost."""

    def recognized(text: str) -> Recognized:
        result = recognize(source_of(OPENING + text))
        assert (result.words.lost, result.words.invented) == ((), ())
        return result

    return recognized


@pytest.fixture
def kinds(read: Read) -> Callable[[str], list[str]]:
    """Name the kinds of the blocks of a text below an opening paragraph."""
    return lambda text: [block.kind for block in read(text).blocks if block.last > 3]


@pytest.fixture
def find(read: Read) -> Find:
    """Return the one block of a text that is not text itself."""

    def found(text: str) -> Found:
        (block,) = [block for block in read(text).blocks if block.kind != "text"]
        return block

    return found
