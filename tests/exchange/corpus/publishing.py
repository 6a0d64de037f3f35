"""Drawing docs/recognition.md from what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.exchange.corpus.measuring import NOTHING, Measured

HEAD = """# How well is recognized

Every sample of the corpus in `tests/exchange/corpus` is a file in its own format. It is read as `import_articles`
reads it, recognized, and laid beside what a reader would expect. `make corpus` measures anew and writes this page.

- A block is **right** if its kind is the one expected and its words are those expected. Words of the form (“Step 3:”,
  “Tip:”, a duration, the alternative text of a picture) may stand in it or not, and the title of a block may stand in
  it or as a heading above it. Text between two other blocks is one block. A block that nobody expects is wrong.
- **Text exact**: the share of the article's words that stand in its body. Words that are missing there, and words of
  menus, advertisements or comments that are there, count against it.
- **Lost**: words that stand neither in the body nor in the report. There must be none.

An article is described once and set by programs in the manners of several tools; the manners “by hand” and “collected”
were set by people. The held-out articles are read by the same recognizers, but no recognizer, reader or label was
changed for the sake of them.
"""


def page(measured: Sequence[Measured]) -> str:
    """Return the page for all that was measured."""
    opened = [each for each in measured if not each.sample.held_out]
    held_out = [each for each in measured if each.sample.held_out]
    parts = [HEAD, summary(opened, held_out)]
    for title, group in (("Open articles", opened), ("Held-out articles", held_out)):
        parts += [f"## {title}\n", by_manner(group), "### What was taken for what\n", CONFUSION, confusion(group)]
    return "\n".join(parts)


CONFUSION = """Rows: what was expected. Columns: what was found in its place; “nothing” if its words went into other
blocks, or if nothing was expected. In brackets: of the right kind, with other words.
"""


def summary(opened: Sequence[Measured], held_out: Sequence[Measured]) -> str:
    """Return the totals as a table."""
    lines = [
        "| | Files | Articles | Blocks | Right | Text exact | Lost |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for name, group in (("Open", opened), ("Held out", held_out), ("All", [*opened, *held_out])):
        articles = len({each.sample.name for each in group})
        lines.append(f"| {name} | {len(group)} | {articles} | {_figures(group)} |")
    return "\n".join([*lines, ""])


def by_manner(measured: Iterable[Measured]) -> str:
    """Return a table with a line for each manner, in the order in which they were met."""
    groups: dict[str, list[Measured]] = {}
    for each in measured:
        groups.setdefault(each.sample.manner, []).append(each)
    lines = ["| Manner | Files | Blocks | Right | Text exact | Lost |", "| --- | --: | --: | --: | --: | --: |"]
    lines += [f"| {manner} | {len(group)} | {_figures(group)} |" for manner, group in sorted(groups.items())]
    return "\n".join([*lines, ""])


def confusion(measured: Iterable[Measured]) -> str:
    """Return the table of what was found in the place of what."""
    found: Counter[tuple[str, str]] = Counter()
    other_words: Counter[str] = Counter()
    for each in measured:
        for expected, block, right in each.pairs:
            pair = (expected.kind if expected else NOTHING, block.kind if block else NOTHING)
            found[pair] += 1
            other_words[pair[0]] += pair[0] == pair[1] and not right
    kinds = [*sorted({kind for pair in found for kind in pair} - {NOTHING}), NOTHING]
    lines = ["| | " + " | ".join(kinds) + " |", "| --- |" + " --: |" * len(kinds)]
    for row in kinds:
        cells = []
        for column in kinds:
            count = str(found[row, column] or "")
            wrong = f" ({other_words[row]})" if row == column and other_words[row] else ""
            cells.append(f"**{count}**{wrong}" if row == column and count else count)
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def share_right(measured: Iterable[Measured]) -> float:
    """Return the share of blocks that are right, from 0 to 1."""
    pairs = [right for each in measured for _, _, right in each.pairs]
    return sum(pairs) / len(pairs)


def share_exact(measured: Sequence[Measured]) -> float:
    """Return the share of words that are where they belong, from 0 to 1."""
    return 1 - sum(each.misplaced for each in measured) / sum(each.words for each in measured)


def _figures(measured: Sequence[Measured]) -> str:
    blocks = sum(len(each.pairs) for each in measured)
    lost = sum(each.lost for each in measured)
    return f"{blocks:,} | {share_right(measured):.1%} | {share_exact(measured):.2%} | {lost}"
