"""Recognizing tips and notes: "Pro tip: …", "Good to know: …", "Did you know?" and the lines below."""

from collections.abc import Sequence
from dataclasses import replace

from articles.exchange.findings import Found, all_labels, joined_text, label, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.labels import COLON, MARKS, Label
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, lines_from, made, pieces_of, rich_body, title_of, unquoted
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given

ORDER = 135

LABELS = {
    "did_you_know": Label(
        "did you know",
        "(?:fun|quick|interesting) fact",
        colon=rf"(?:\?{MARKS}\s*|{COLON})",
    ),
    "important": Label("important(?: note| reminder)?", "please remember", "crucial"),
    "note": Label(
        r"(?:a )?(?:note|word) from (?:the )?[\w .’'-]{1,40}",
        "(?:(?:please|side|quick|safety|special|final|one|a) )?(?:note|reminder)(?: well)?",
        "(?:editor|author)['’]?s note",
        "(?:good to|worth) know(?:ing)?",
        "(?:keep|bear) in mind",
        "remember",
        "heads[ -]up",
        "by the way",
        "fyi",
        "nb",
        "info",
    ),
    "tip": Label(
        r"(?:[\w’']+[ -]){0,2}tip(?: (?:#|no\. ?)?\d+)?(?: from [\w .’'-]{1,40})?",
        r"(?:(?:quick|handy|helpful) )?hint",
        "pro move",
        "try this",
    ),
}
LONGEST_TITLE = 120
"""Characters."""

SIGNS = {"💡": "tip", "📌": "note", "📝": "note", "ℹ": "note", "🧠": "did_you_know"}
"""Emoji that make a line a tip without any label."""


def recognize(passage: Passage) -> Found | None:
    """Recognize a tip by the label at its start; what follows without a blank line is gathered later."""
    line = passage.line
    if line.text.startswith(">") and (apart := _set_apart(passage.lines[passage.position :])):
        return apart
    for variant, names in LABELS.items():
        labelled = names.read(line)
        if labelled and labelled.rest and line.heading_level and passage.following and passage.following.line.is_prose:
            return _found(variant, line, labelled.label, labelled.rest, titled=True)
        if labelled and labelled.rest:
            return _found(variant, line, labelled.label, labelled.rest)
        if names.is_all_of(line) and passage.following and (passage.below or passage.following.line.is_prose):
            return _found(variant, line, line.raw, "")
    variant_of_sign = SIGNS.get(line.text[:1])
    if variant_of_sign and not passage.heads:
        return _found(variant_of_sign, line, "", line.raw)
    return None


def _set_apart(lines: Sequence[Line]) -> Found | None:
    """Return the quotation that `lines` begin with as a tip, if a lead-in stands above it; then perhaps a title."""
    first = unquoted(lines[:1])
    variant = next((variant for variant, names in LABELS.items() if first and names.is_all_of(first[0])), "")
    if not variant:
        return None
    own = unquoted(lines)
    written = [line for line in own if not line.blank]
    if len(written) < 2:
        return None
    titled = len(written) > 2 and written[1].stands_out
    body = own[own.index(written[2 if titled else 1]) :]
    return replace(
        made(
            "tip",
            {
                "variant": variant,
                "title": plain_line(written[1].plain) if titled else "",
                "body": rich_text(verbatim(body)),
            },
            lines[: len(own)],
            text=verbatim(own[own.index(written[1]) :]),
            labels=[label(written[0], written[0].text)],
        ),
        confidence=0.9,
    )


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take the text directly below, and the paragraph behind a label that stands alone."""
    if "body" in parts[0].value:
        return False
    adjacent = following.first == parts[-1].last + 1
    untold = len(parts) == 1 and (parts[0].value["title"] or not joined_text(parts).strip())
    return following.kind == "text" and (adjacent or untold)


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one tip of its first line and the lines below; a label with nothing below is none."""
    text = joined_text(parts)
    if "body" in parts[0].value:
        return parts[0]
    title = parts[0].value["title"] if len(parts) > 1 else ""
    body = joined_text(parts[1:] if title else parts)
    if not body.strip():
        return None
    return Found(
        kind="tip",
        value={"variant": parts[0].value["variant"], "title": title, "body": rich_text(body)},
        first=parts[0].first,
        last=parts[-1].last,
        confidence=parts[0].confidence,
        text=text,
        labels=all_labels(parts),
    )


def _found(variant: str, line: Line, before: str, text: str, *, titled: bool = False) -> Found:
    return Found(
        kind="tip",
        value={"variant": variant, "title": plain_line(text) if titled else ""},
        first=line.number,
        last=line.number,
        confidence=0.9 if before else 0.7,
        text=text,
        labels=(label(line, before),) if before else (),
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a tip of all `lines`: a label says which lead-in it has, a heading is its title."""
    apart = _set_apart(lines)
    attempts = [apart] if apart and apart.last == lines[-1].number else []
    pieces = pieces_of(lines)
    first = pieces[0].line if pieces else None
    for variant, names in LABELS.items():
        labelled = names.read(first) if first else None
        if first and labelled and (labelled.rest or len(pieces) > 1):
            text = "\n".join([labelled.rest, *(line.raw for line in lines_from(lines, pieces[0])[1:])])
            value = {"variant": variant, "title": "", "body": rich_text(text)}
            attempts.append(made("tip", value, lines, text=text, labels=[label(first, labelled.label)]))
    title = title_of(pieces, LONGEST_TITLE)
    variant = next((variant for variant, names in LABELS.items() if first and names.is_all_of(first)), "tip")
    body = lines_from(lines, pieces[1]) if title else lines
    return kept(
        lines,
        *attempts,
        made("tip", {"variant": variant, "title": title, "body": rich_body(body)}, lines),
        made("tip", {"variant": "tip", "title": "", "body": rich_text(verbatim(lines))}, lines),
    )
