"""Words that comments are looked through for, however their letters are disguised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ratings.folding import Folded, fold
from ratings.models.defense import Phrase

LOOKS = {"a": "4@", "b": "8", "e": "3€", "g": "69", "i": "!", "il": "1|", "l": "£", "o": "0", "s": "5$", "t": "7+"}
SIGNS = {sign: letters for letters, signs in LOOKS.items() for sign in signs}
"""The letters that a digit or a sign can stand for inside a word."""
LETTERS_LEFT = 2
"""So many characters of a word with digits must be none: the road A55 and the year 455 are no words."""
SPELLED_OUT = 4
"""A word of so many letters is found wherever letters stand one by one; a shorter one if nothing else stands there."""
LARGEST_GAP = 3
"""So many characters may stand between letters that stand one by one."""

# None of these patterns can take a character in two ways, so that each runs through any text once.
WORD = re.compile(r"[^\W_]+")
WORD_WITH_SIGNS = re.compile(r"(?:[^\W_]|[@$€£])+(?:[!|+]+(?:[^\W_]|[@$€£])+)*")
CHUNK = re.compile(r"[^\s'’]+")
SIGN = re.compile(r"[@$€£!|+]")
NO_LETTER = re.compile(r"[\W_]+")
UNSURE = "il1!|t+7£"
BARE = str.maketrans({sign: letters[0] for sign, letters in SIGNS.items()} | dict.fromkeys(UNSURE, ""))

Found = tuple[int, int, int]
"""The number of a phrase, and where in the folded text it begins and ends."""


@dataclass(frozen=True, kw_only=True, order=True)
class Hit:
    """A phrase that was found in a text."""

    span: tuple[int, int]
    """Its first character there, and the one after the last."""
    phrase: str
    kind: str
    """A `Phrase.Kind`."""


class _Word(NamedTuple):
    """A word of a folded text: where its characters stand, and for each all the letters that it can stand for."""

    places: Sequence[int]
    letters: Sequence[str]


@dataclass(slots=True)
class _Node:
    """What can follow after some letters of phrases, and which phrases end there: with the word, or in longer ones."""

    children: dict[str, _Node] = field(default_factory=dict)
    whole: list[int] = field(default_factory=list)
    longer: list[int] = field(default_factory=list)

    def add(self, letters: str) -> _Node:
        node = self
        for letter in letters:
            node = node.children.setdefault(letter, _Node())
        return node


def key_of(phrase: str) -> str:
    """Return what `phrase` is searched as: its folded words, with `*` if longer words count too.

    Two phrases with the same key are the same one.
    """
    folded = fold(phrase)
    words = " ".join(WORD_WITH_SIGNS.findall(folded))
    return SIGN.sub(lambda sign: SIGNS[sign[0]][0], words) + ("*" if words and folded.endswith("*") else "")


class WordList:
    """The site's words, ready to be searched for.

    Found are whole words, with anything but letters between those of a phrase: also with letters of other scripts,
    accents, digits and signs for letters, and letters that are set apart ("v.i.a.g.r.a", "c a s i n o"). Looking
    through a text takes at most as many steps as it has characters, times the length of the longest phrase.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a `Phrase.Kind` and a phrase, as moderators write it."""
        self._phrases = tuple(phrases)
        self._words, self._letters = _Node(), _Node()
        self._bare = {_bare(key_of(phrase)) for _kind, phrase in self._phrases}
        for number, (_kind, phrase) in enumerate(self._phrases):
            key = key_of(phrase)
            words = key.removesuffix("*")
            if not words:
                continue
            end = self._words.add(words)
            (end.longer if key != words else end.whole).append(number)
            self._letters.add(words.replace(" ", "")).whole.append(number)

    def find(self, text: str) -> list[Hit]:
        """Return where in `text` which phrases stand, from its beginning; of two places that overlap the first."""
        folded = Folded.of(text)
        hits, last = [], (-1, -1)
        for number, start, end in sorted(set(self._found(folded.text))):
            if number != last[0] or start >= last[1]:
                kind, phrase = self._phrases[number]
                hits.append(Hit(span=folded.span(start, end), phrase=phrase, kind=kind))
                last = number, end
        return sorted(hits)

    def strikes(self, folded: str) -> bool:
        """Return whether any phrase stands in a text that was folded before. Fast where none does."""
        bare = _bare(folded)
        return any(letters in bare for letters in self._bare) and next(self._found(folded), None) is not None

    def _found(self, text: str) -> Iterator[Found]:
        for words in _readings(text):
            for first in range(len(words)):
                yield from self._from(words, first)
        for run in _letters_apart(text):
            for first in range(len(run.letters)):
                yield from self._spelled_out(run, first)

    def _from(self, words: Sequence[_Word], first: int) -> Iterator[Found]:
        """Find the phrases that begin with the word number `first`."""
        nodes = [self._words]
        start = words[first].places[0]
        for number in range(first, len(words)):
            end = words[number].places[-1] + 1
            for letters in words[number].letters:
                nodes = _after(nodes, letters)
                if not nodes:
                    return
                yield from ((phrase, start, end) for node in nodes for phrase in node.longer)
            yield from ((phrase, start, end) for node in nodes for phrase in node.whole)
            nodes = _after(nodes, " ")

    def _spelled_out(self, run: _Word, first: int) -> Iterator[Found]:
        """Find the phrases whose letters stand one by one in `run`, from its letter number `first`."""
        nodes = [self._letters]
        for last in range(first, len(run.letters)):
            nodes = _after(nodes, run.letters[last])
            if not nodes:
                return
            length = last - first + 1
            start, end = run.places[first], run.places[last] + 1
            # Few letters with a comma and a space between them are a list, as of vitamins.
            if length >= SPELLED_OUT or (1 < length == len(run.letters) and end - start == 2 * length - 1):
                yield from ((phrase, start, end) for node in nodes for phrase in node.whole)


def current_words() -> WordList:
    """Return the site's words as they are now. One small query; they are made ready again only when they changed."""
    return _ready(tuple(Phrase.objects.order_by("pk").values_list("kind", "phrase")))


@lru_cache(maxsize=2)
def _ready(phrases: tuple[tuple[str, str], ...]) -> WordList:
    return WordList(phrases)


def _after(nodes: list[_Node], letters: str) -> list[_Node]:
    """Return where one of `letters` leads from `nodes`."""
    return [node.children[letter] for node in nodes for letter in letters if letter in node.children]


def _readings(text: str) -> Iterator[list[_Word]]:
    """Return the words of the folded `text`: with signs for letters; without; with what parts a word left out."""
    with_signs = [_word(text, range(*word.span())) for word in WORD_WITH_SIGNS.finditer(text)]
    yield with_signs
    if SIGN.search(text):
        yield [_word(text, range(*word.span())) for word in WORD.finditer(text)]
    joined = [
        _word(text, [place for part in WORD_WITH_SIGNS.finditer(text, *chunk.span()) for place in range(*part.span())])
        for chunk in CHUNK.finditer(text)
    ]
    joined = [word for word in joined if word.letters]
    if len(joined) < len(with_signs):
        yield joined


def _letters_apart(text: str) -> Iterator[_Word]:
    """Return the letters that stand one by one, with little between them, run by run."""
    run: list[int] = []
    for word in WORD_WITH_SIGNS.finditer(text):
        start, end = word.span()
        if run and (end - start > 1 or start - run[-1] - 1 > LARGEST_GAP):
            yield _word(text, run)
            run = []
        if end - start == 1:
            run.append(start)
    yield _word(text, run)


def _bare(folded: str) -> str:
    """Return the letters that a text has left when nothing is a disguise any more: of a phrase in it, a part of these.

    What can stand for one of two letters, or for none, is left out, and so are the letters that it can stand for.
    """
    return NO_LETTER.sub("", folded.translate(BARE))


def _word(text: str, places: Sequence[int]) -> _Word:
    """Return the word that the characters at `places` make."""
    characters = [text[place] for place in places]
    if not SIGNS.keys() & characters or sum(not each.isdigit() for each in characters) < LETTERS_LEFT:
        return _Word(places, characters)
    return _Word(places, [each + SIGNS.get(each, "") for each in characters])
