"""Manners of Markdown beyond CommonMark (Obsidian, Hugo, Jekyll), written as plain Markdown with HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

CALLOUT = re.compile(r">\s?\[!(?P<kind>[A-Za-z-]{1,30})\][+-]?\s*(?P<title>.*)")
CALLOUTS = (
    dict.fromkeys(("attention", "bug", "caution", "danger", "error", "fail", "failure", "warning"), "warning")
    | dict.fromkeys(("quote", "cite"), "")
    | dict.fromkeys(("abstract", "summary", "tldr"), "takeaways")
)
"""The kinds of block that callouts become; others are tips, and quotations stay what they are."""
ITEM = re.compile(r"\s+(?:[-*+]|\d+[.)])\s")
FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
NAMED_VALUE = re.compile(r"(?P<name>[a-z_]+)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.IGNORECASE)
PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp|bmp)\s*$", re.IGNORECASE)
SIZE = re.compile(r"\d+(?:x\d+)?")
INLINE = re.compile(
    r"(?P<code>`[^`]{1,500}`)"
    r"|!\[\[(?P<embedded>[^\[\]|]{1,300})(?:\|(?P<embedded_as>[^\[\]]{0,300}))?\]\]"
    r"|\[\[(?P<note>[^\[\]|]{1,300})(?:\|(?P<note_as>[^\[\]]{1,300}))?\]\]"
    r"|\{\{(?P<sign>[<%])\s*(?P<shortcode>[^{}]{1,1000}?)\s*/?(?P=sign)?[>%]\}\}"
    r"|\{%-?\s*(?P<tag>[^{}%]{1,500}?)\s*-?%\}"
    r"|\{:\s?(?P<attributes>[.#\w][^{}]{0,300})\}"
    r"|==(?=\S)(?P<highlighted>[^=]{1,500})(?<=\S)=="
    r"|(?<!\S)%%(?P<comment>[^%]{1,1000})%%(?!\S)"
)


def plain_markdown(text: str, removed: Counter[str]) -> str:
    """Return `text` without what only its own program understands; what is left out of it is counted in `removed`.

    Callouts become blocks between markers (see `articles.exchange.writing.markdown`). Nothing in code is touched.
    """
    return "\n".join(_with_callouts(_outside_code(text.split("\n"), removed)))


def _outside_code(lines: Iterable[str], removed: Counter[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it belongs to code or to a comment; the others have their manners changed."""
    fence = ""
    for line in lines:
        mark = FENCE.match(line)
        is_code = bool(fence or mark)
        if mark and not fence:
            fence = mark["fence"]
        elif mark and mark["fence"].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        if is_code or line.startswith("<!--") or (line.startswith(("    ", "\t")) and not ITEM.match(line)):
            yield line, True
        else:
            yield INLINE.sub(lambda found: _plain(found, removed), line), False


def _with_callouts(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    kind = ""
    for line, is_code in lines:
        if kind and not line.startswith(">"):
            yield from ("", f"<!-- /{kind} -->", "")
            kind = ""
        callout = None if is_code or kind else CALLOUT.match(line)
        if callout:
            kind = CALLOUTS.get(callout["kind"].lower(), "tip")
            title = callout["title"].strip()
            if kind:
                yield from ("", f"<!-- {kind} -->", "")
            yield from ((f"**{title}**" if kind else f"> **{title}**"), "" if kind else ">") if title else ()
        elif kind:
            yield line.removeprefix(">").removeprefix(" ")
        else:
            yield line
    if kind:
        yield from ("", f"<!-- /{kind} -->", "")


def _plain(found: re.Match[str], removed: Counter[str]) -> str:
    """Return what stands for one piece of other manners."""
    if found["code"]:
        return found[0]
    if found["embedded"]:
        return _embedded(found["embedded"].strip(), (found["embedded_as"] or "").strip(), removed)
    if found["note"]:
        removed["link to another note"] += 1
        return found["note_as"] or found["note"]
    if found["shortcode"]:
        return _shortcode(found["shortcode"], removed)
    if found["highlighted"]:
        return f"<mark>{found['highlighted']}</mark>"
    if found["tag"]:
        removed[f"Liquid tag “{found['tag'][:100]}”"] += 1
    elif found["attributes"]:
        removed[f"attributes “{found['attributes'][:100]}”"] += 1
    else:
        removed[f"comment “{found['comment'].strip()[:200]}”"] += 1
    return ""


def _embedded(name: str, label: str, removed: Counter[str]) -> str:
    if PICTURE.search(name):
        return f"![{'' if SIZE.fullmatch(label) else label}](<{name}>)"
    removed["embedded note"] += 1
    return label or name


def _shortcode(code: str, removed: Counter[str]) -> str:
    name, _, rest = code.partition(" ")
    values = {found["name"].lower(): found["value"] for found in NAMED_VALUE.finditer(rest)}
    first = values.get("id") or rest.strip().strip("\"'`").split(" ")[0]
    if name in ("ref", "relref"):
        return first.strip("\"'")
    if name == "figure" and values.get("src"):
        caption = values.get("caption") or values.get("title", "")
        credit = f"<br>{escape(values['attr'])}" if values.get("attr") else ""
        picture = f'<img src="{escape(values["src"])}" alt="{escape(values.get("alt", ""))}">'
        return f"\n\n<figure>{picture}<figcaption>{escape(caption)}{credit}</figcaption></figure>\n\n"
    if name == "youtube" and first:
        return f'\n\n<iframe src="https://www.youtube.com/embed/{escape(first)}"></iframe>\n\n'
    if name == "vimeo" and first:
        return f'\n\n<iframe src="https://player.vimeo.com/video/{escape(first)}"></iframe>\n\n'
    removed[f"shortcode “{code[:100]}”"] += 1
    return ""
