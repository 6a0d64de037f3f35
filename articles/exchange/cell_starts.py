"""How likely a cell starts at a word of a row, going by the word and its neighbors.

What speaks for it: a capital letter behind a small one, a number, a word that fills a cell by itself ("Yes", "High") or
stands behind one; and in rows without capitals that a word repeats how the row began, since cells beside each other are
built alike.
"""

from articles.exchange.vocabulary import listed

CLEAR = 3.0
"""Evidence for a boundary at a capital letter behind a small one; all other evidence is measured against it."""
LIKELY = 2.0
FORBIDDEN = -100.0

CONNECTING = listed(
    """a an and are as at but by for from in into is its nor of on onto or per than that the their to upon via vs vs.
    was with without your my our his her & + – /"""
)
"""Words that neither end a cell nor, in small letters, start one."""
ALONE = listed("✓ ✔ ✅ ✗ ✘ ❌ — – n/a")
"""Cells that are one sign."""
BEFORE_NAMES = listed("dr. dr mr. mrs. ms. prof. st. mt.")
BEFORE_NUMBERS = listed(
    "below under over above about around roughly nearly almost approximately after before until up than least most"
)
"""Words that belong to the number behind them: "Below 70%"."""
VERDICTS = listed(
    """yes no none never always sometimes rarely often low high medium moderate mild severe minimal easy hard difficult
    common rare free cheap expensive excellent good fair poor slow fast weak strong maybe varies daily weekly monthly"""
)
"""Words that often fill a cell by themselves."""
CALENDAR = listed(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""
)
"""Words that are capitalized wherever they stand."""
DEGREES = listed("very fairly quite extremely somewhat moderately relatively too")
"""Words that belong to the verdict behind them: "Very Low"."""
UNITS = listed(
    """in inch inches ft feet mm cm m km mi g kg mg oz lb lbs ml l cup cups tsp tbsp psi mph hz kcal cal am pm a.m. p.m.
    sec secs second seconds min mins minute minutes hr hrs hour hours day days week weeks month months year years"""
)
"""Words that belong to the number before them, and end a cell together with it."""
ENDINGS = ("ing", "ed", "s")

Row = tuple[str, ...]


def evidence_in(row: Row) -> list[float]:
    """Return, for each word of `row`, how likely a cell starts with it: `FORBIDDEN`, or about -1 to 3.5."""
    inside = inside_parentheses(row)
    judge = _evidence_at if start_of(row[0]) != "small" else _parallel_evidence_at
    return [judge(row, at) if at and not inside[at] else FORBIDDEN for at in range(len(row))]


def inside_parentheses(row: Row) -> list[bool]:
    """Return for each word whether it stands inside parentheses that an earlier word opened."""
    depth = 0
    inside = []
    for word in row:
        inside.append(depth > 0)
        depth = max(0, depth + word.count("(") - word.count(")"))
    return inside


def start_of(word: str) -> str:
    """Return how `word` starts: with a capital, a small letter or a number, whatever marks stand before these."""
    first = next((character for character in word if character.isalnum()), "")
    return "number" if first.isdigit() else "capital" if first.isupper() else "small"


def _evidence_at(row: Row, position: int) -> float:
    before, word = row[position - 1], row[position]
    after = row[position + 1] if position + 1 < len(row) else ""
    behind_quantity = _ends_quantity(row, position - 1)
    if _belongs_to_word_before(row, position):
        return FORBIDDEN
    if word.casefold() in ALONE:
        return LIKELY
    start = "number" if _compares(row, position) else start_of(word)
    if start == "small":
        return FORBIDDEN if word in CONNECTING else LIKELY if behind_quantity and _is_value(before) else -1.0
    if start == "number":
        return 1.5 if position == 1 or (start_of(before) == "number" and not behind_quantity) else LIKELY
    if word == "I":
        return 0.6
    if _is_verdict(word, after) or _is_verdict(before, "") or behind_quantity:
        return CLEAR if behind_quantity or start_of(before) == "small" else LIKELY
    return _evidence_of_capital(row, position, after)


def _evidence_of_capital(row: Row, position: int, after: str) -> float:
    before, word = row[position - 1], row[position]
    if word.casefold() in CALENDAR and start_of(before) == "small":
        return 0.5
    capital_before = start_of(before) == "capital" and before.casefold() not in CALENDAR
    behind_name = capital_before and not (_is_letter(before) and position > 1)
    likely = CLEAR if not behind_name else 1.4 if position == 1 else 0.5
    if after and start_of(after) == "small":
        likely += 0.5
    if len(word) == 1 and not (word == "A" and start_of(after) == "small"):
        likely -= 1.5
    return likely


def _parallel_evidence_at(row: Row, position: int) -> float:
    """Judge a row without capitals by what its two halves have in common."""
    before, word = row[position - 1].strip(",;"), row[position]
    if _belongs_to_word_before(row, position):
        return FORBIDDEN
    if word == row[0]:
        return CLEAR
    if word in CONNECTING:
        return FORBIDDEN
    if before == row[-1]:
        return LIKELY
    same_ending = any(word.endswith(ending) and row[0].endswith(ending) for ending in ENDINGS)
    return 1.5 if same_ending else -0.5


def _belongs_to_word_before(row: Row, position: int) -> bool:
    before, word = row[position - 1], row[position]
    if word[0] == "(":
        return True
    if _ends_quantity(row, position - 1):
        return False
    if before[-1] in ",;:&/–-" or (before.casefold() in CONNECTING | BEFORE_NAMES and not _is_letter(before)):
        return True
    if start_of(word) == "number" and before.casefold() in BEFORE_NUMBERS and row[position - 2] not in ("and", "or"):
        return True
    if before.casefold() in DEGREES and _is_verdict(word, ""):
        return True
    return start_of(before) == "number" and word.casefold().strip("()") in UNITS | {"f", "c"}


def _ends_quantity(row: Row, position: int) -> bool:
    """Whether a number ends with the word at `position`, complete with its unit or its sign: "27 in", "12%", "$60"."""
    word = row[position]
    if word.casefold() in UNITS:
        return position > 0 and start_of(row[position - 1]) == "number"
    return _is_value(word)


def _compares(row: Row, position: int) -> bool:
    """Whether a number with a comparison starts here: "less than 1%", "up to 3 days"."""
    return (
        position + 2 < len(row)
        and row[position].casefold() in ("less", "more", "fewer", "up", "at")
        and row[position + 1] in ("than", "to", "least", "most")
        and start_of(row[position + 2]) == "number"
    )


def _is_value(word: str) -> bool:
    return start_of(word) == "number" and (word[-1] in "%°+" or word[0] in "$€£")


def _is_verdict(word: str, after: str) -> bool:
    """Whether `word` is capitalized and fills a cell by itself, or begins one that does together with `after`."""
    if start_of(word) != "capital":
        return False
    return word.casefold() in VERDICTS or (word.casefold() in DEGREES and after.casefold() in VERDICTS)


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isupper()
