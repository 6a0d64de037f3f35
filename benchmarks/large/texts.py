"""Texts for a large site, put together from our own words: the same ones for the same number, however often asked."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.text import slugify

WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
"""What sentences are made of."""

SUBJECTS = WORDS["subjects"]

SUBJECTS_OF_AN_ARTICLE = 5
RARE_WORD = "bergamot"
RARE_EVERY = 20_000
"""One article in so many holds the rare word, and the first one in any case."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """What an article says. `body` is stream data."""

    title: str
    slug: str
    summary: str
    body: list[dict[str, Any]]


class Chance(random.Random):
    """Chance that falls out the same for the same seed, and what it can be asked for.

    `subjects` are those that it talks about; a text of few has the others' words to be told apart by.
    """

    subjects = SUBJECTS

    def sentence(self, subject: str = "") -> str:
        """Return a sentence, about `subject` or about anything."""
        opening, doing, reason = (self.choice(WORDS[name]) for name in ("openings", "doings", "reasons"))
        return f"{opening} {doing} the {subject or self.choice(self.subjects)} {reason}."

    def paragraph(self, subject: str, sentences: int) -> str:
        """Return so many sentences as rich text; every third is about `subject`."""
        return f"<p>{' '.join(self.sentence('' if number % 3 else subject) for number in range(sentences))}</p>"

    def identifier(self) -> str:
        """Return the id of a block."""
        return str(UUID(int=self.getrandbits(128), version=4))


def article_text(number: int) -> Text:
    """Return the text of the article with that number, from 0: five to ten blocks."""
    chance = Chance(f"article {number}")
    chance.subjects = subject, other, *_others = chance.sample(SUBJECTS, SUBJECTS_OF_AN_ARTICLE)
    title = chance.choice(WORDS["questions"]).format(subject=subject, Subject=subject.capitalize(), other=other)
    blocks = [("text", chance.paragraph(subject, 6))]
    blocks += [_section(chance, subject) for _ in range(chance.randint(2, 7))]
    if number % RARE_EVERY == 0:
        blocks.append(("text", f"<p>It smells of {RARE_WORD}.</p>"))
    blocks += [("heading", {"text": "What remains", "level": "2"}), ("text", chance.paragraph(subject, 4))]
    return Text(
        title=title,
        slug=f"{slugify(title)}-{number}",
        summary=f"{chance.sentence(subject)} {chance.sentence()}",
        body=[{"type": kind, "value": value, "id": chance.identifier()} for kind, value in blocks],
    )


def first_name(chance: Chance) -> str:
    """Return the name of a reader."""
    return chance.choice(WORDS["first names"])


def comment_text(chance: Chance) -> str:
    """Return what a reader writes: one to five sentences."""
    return " ".join(chance.sentence() for _ in range(chance.randint(1, 5)))


def person_name(number: int) -> str:
    """Return the name of the author with that number."""
    chance = Chance(f"person {number}")
    return f"{first_name(chance)} {chance.choice(WORDS['last names'])} {number + 1}"


def _section(chance: Chance, subject: str) -> tuple[str, Any]:
    kind = chance.choice(["heading", "text", "text", "tip", "takeaways", "quote", "faq"])
    value: Any = {
        "heading": lambda: {"text": f"About the {chance.choice(chance.subjects)}", "level": "2"},
        "text": lambda: chance.paragraph(subject, 7),
        "tip": lambda: {"variant": "tip", "title": "", "body": chance.paragraph(subject, 2)},
        "takeaways": lambda: {"title": "", "items": _items(chance, [chance.sentence() for _ in range(4)])},
        "quote": lambda: {"text": chance.sentence(subject), "speaker": first_name(chance)},
        "faq": lambda: {
            "title": f"Questions about the {subject}",
            "items": _items(
                chance,
                [
                    {"question": f"What of the {chance.choice(chance.subjects)}?", "answer": chance.paragraph("", 2)}
                    for _ in range(3)
                ],
            ),
        },
    }[kind]()
    return kind, value


def _items(chance: Chance, values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": chance.identifier()} for value in values]
