"""Lines that somebody says are pairs: questions with their answers, myths with their facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from articles.exchange.findings import Outside, label, verbatim
from articles.exchange.lines import Line
from articles.exchange.pieces import Piece, pieces_of, title_of


@dataclass(frozen=True)
class Told:
    """What a part of a line says: whether it opens a pair or answers, by the `label` before it. Empty: nobody knows."""

    role: str
    label: str
    text: str


@dataclass
class Pairs:
    """The pairs, what stands before the first of them, the labels, and the source's words without these."""

    before: list[str] = field(default_factory=list)
    pairs: list[tuple[list[str], list[str]]] = field(default_factory=list)
    labels: list[Outside] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """Add what is told to the pair that it belongs to."""
        if told.role == "opens":
            self.pairs.append(([told.text] if told.text else [], []))
        elif not self.pairs:
            self.before.append(told.text)
        elif told.role != "answers" and not self.pairs[-1][0]:
            self.pairs[-1][0].append(told.text)
        else:
            self.pairs[-1][1].append(told.text)


def pairs_of(
    lines: Sequence[Line],
    *,
    read: Callable[[str], list[Told]],
    opens: Callable[[Piece], bool],
    is_title: Callable[[str], bool],
) -> Pairs:
    """Return the pairs of `lines`: by their labels, which `read` tells; else each piece that `opens` begins one.

    If none does, the first piece begins the only one. The piece above them is a title if it heads them and says so.
    """
    pieces = pieces_of(lines)
    told = [read(piece.text) for piece in pieces]
    labelled = any(part.role == "opens" for parts in told for part in parts)
    title = title_of(pieces)
    heads = title and (is_title(title) or opens(pieces[1]) or any(part.role for part in told[1]))
    start = 1 if heads and not told[0][0].role else 0
    openers = {index for index, piece in enumerate(pieces) if index >= start and opens(piece)} or {start}
    found = Pairs()
    for index, (piece, parts) in enumerate(zip(pieces, told, strict=True)):
        text = verbatim(piece.lines)
        for part in parts:
            if part.label:
                found.labels.append(label(piece.line, part.label))
                text = text.replace(part.label.strip(), "", 1)
            if labelled or index < start:
                found.add(part if part.role else Told("", "", text if start <= index else piece.text))
            else:
                found.add(Told("opens", "", piece.text) if index in openers else Told("", "", text))
        found.text.append(text)
    return found
