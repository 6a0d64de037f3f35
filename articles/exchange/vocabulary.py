"""The signs by which people set text in plain lines: bullets, ticks, dashes, quotation marks.

Only signs of a line's shape stand here. Words that name a kind ("Tip:", "FAQ") stand with the kind.
"""

BLANKS = str.maketrans(dict.fromkeys("\u00a0\u1680\u2007\u202f\u205f\u3000\x0b\x0c\x85\u2028\u2029", " "))
"""No-break and other wide blanks, and the line ends that no editor counts as such: all read as one blank."""

EDGES = (
    " \t\ufeff\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u061c"
)
"""What may stand unseen before and after a line: blanks, zero-width characters, marks of direction."""

GLYPH_BULLETS = "•‣◦⁃∙▪▫■□●○◆◇❖➤➢►▶▸→✦✱·"
"""Bullets that nothing else looks like; a blank after them may be missing."""

TYPED_BULLETS = "*+–—-"
"""Bullets that are something else without a blank after them: emphasis, a minus, a dash."""

TICKS = "✅☑✔✓☐🗹"
CROSSES = "❌✗✘✖🚫⛔"

CIRCLED_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

DASHES = "–—―-"

CLOSING_QUOTES = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    '"': '"',
    "＂": "＂",
    "「": "」",
}
"""The marks that may close a quotation, by the mark that opened it."""

QUOTATION_MARKS = "“”„\"«»‹›‘’'＂「」"

SENTENCE_ENDS = ".!?…"

CLOSERS = QUOTATION_MARKS + ")]*_"
"""What may follow the last mark of a sentence."""


def listed(text: str) -> frozenset[str]:
    """Return the words of `text`, which blanks part."""
    return frozenset(text.split())
