"""Calm notices on what a reader is about to send. They never hold a comment back.

The patterns are English, the language of the site. A site in another language replaces the three tuples below whole:
worried readers have other words there, not the same ones translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from django.utils.translation import gettext as _

RED_FLAGS = (
    r"numb",
    r"numbness",
    r"chest (?:pain|pains|pressure|tightness)",
    r"(?:pain|pressure|tightness) in (?:my|the|his|her) chest",
    r"(?:can't|cannot|can not|couldn't) breathe",
    r"(?:short|shortness) of breath",
    r"(?:trouble|difficulty) breathing",
    r"(?:bladder|bowel) control",
    r"control (?:of|over) (?:my|the|his|her) (?:bladder|bowels?)",
    r"incontinent",
    r"(?:can't|cannot|can not|couldn't) (?:pee|urinate|pass urine)",
    r"saddle (?:area|region|an(?:a)?esthesia)",
    r"(?:weak|weakness|paraly[sz]ed) (?:on|in|down) (?:one|the left|the right|my left|my right) side",
    r"(?:face|mouth) (?:is |was )?drooping",
    r"slurr(?:ed|ing) (?:my |his |her )?(?:speech|words)",
    r"(?:speech|words) (?:is|are|was|were) slurred",
    r"fainted",
    r"(?:passed|passing|blacked) out",
    r"cough(?:ed|ing)?(?: up)? blood",
    r"vomit(?:ed|ing)?(?: up)? blood",
    r"worst headache",
    r"suicidal",
    r"thoughts? (?:of|about) suicide",
    r"(?:want|wanted|wish) to (?:die|be dead)",
    r"(?:kill|hurt|harm)(?:ing)? myself",
    r"end (?:my life|it all)",
)
"""Signs that can need help within hours. One space stands for any white space, one apostrophe for any kind."""

RELATIVES = (
    r"mother|mom|mum|father|dad|husband|wife|partner|son|daughter|brother|sister|uncle|aunt|cousin|nephew|niece|"
    r"grandmother|grandma|grandfather|grandpa|friend|girlfriend|boyfriend|neighbor|neighbour|colleague|coworker|boss|"
    r"patient|client|teacher|roommate"
)
CONDITIONS = (
    r"diabetes|cancer|leuk(?:a)?emia|lymphoma|dementia|alzheimer's|parkinson's|epilepsy|asthma|depression|anxiety|"
    r"schizophrenia|bipolar|autism|adhd|hiv|aids|hepatitis|herpes|syphilis|lupus|arthritis|osteoporosis|anorexia|"
    r"bulimia|endometriosis|ms|multiple sclerosis|a stroke|a heart attack|a miscarriage|an abortion|an addiction"
)


def _phrases(*patterns: str) -> str:
    """Return one pattern for any of `patterns` as whole words, with every white space and every apostrophe."""
    return rf"\b(?:{'|'.join(patterns)})\b".replace(" ", r"\s+").replace("'", "['’ʼ]")


RED_FLAG = re.compile(_phrases(*RED_FLAGS), re.IGNORECASE)

NAMED_DIAGNOSIS = re.compile(
    rf"(?i:{_phrases('my (?:' + RELATIVES + ')')}),?\s"
    r"(?P<name>[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w.’'-]{0,30}){0,2}),?\s"
    rf"(?i:(?:(?:was|is|got|has\sbeen|had\sbeen)\s(?:[a-z]+\s)?diagnosed|"
    rf"(?:has|had|got|developed|suffers\sfrom|died\sof|died\sfrom|lives\swith)\s(?:[\w-]+\s){{0,2}}"
    rf"{_phrases(CONDITIONS)}))"
)
"""A named person and what ails them. Without the name, or without the ailment, nothing is given away."""

E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}\b", re.ASCII | re.IGNORECASE)

IDENTITY_NUMBERS = (
    # United States: social security number.
    re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])", re.ASCII),
    # United Kingdom: national insurance number.
    re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.ASCII),
)

TELEPHONE_NUMBERS = (
    # International: +49 30 123456, 0044 20 7946 0958. At most 15 digits (ITU-T E.164).
    re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ./-]?\(?\d\)?){8,14}(?!\d)", re.ASCII),
    # With a trunk zero: 020 7946 0958, (030) 1234567, 0171/1234567, 01 23 45 67 89.
    re.compile(r"(?<![\w.,:/(–-])\(?0[1-9](?:[ ./-]?\d|\)[ -]?\d){7,9}(?![\d.,]?\d)", re.ASCII),
    # North America: (212) 555-0199, 212-555-0199, +1 and 1 before them.
    re.compile(r"(?<![\w.,-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d([.-]))[2-9]\d\d[.-]\d{4}(?![\w-])", re.ASCII),
    # Anything long enough that the writer calls a number to call.
    re.compile(
        r"\b(?:telephone|phone|tel|mobile|cell|whatsapp|(?:call|text|ring)(?: me| us)?(?: at| on)?)"
        r"(?: number)?(?: is)?[ .:]{0,3}(?P<number>\d(?:[ ./-]?\d){6,13})(?!\d)",
        re.ASCII | re.IGNORECASE,
    ),
)

NO_TELEPHONE = re.compile(
    # A date ...
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|"
    # ... or a line that anybody may call free of charge.
    r"0[. ]?800|(?:\+?1[ .-])?\(?8(?:00|33|44|55|66|77|88)\b"
)
SERIAL_NUMBER_BEFORE = re.compile(r"(?:isbn(?:-1[03])?|issn|pmid|doi|nct|isrctn|order|no\.|#)[ :]*\Z", re.IGNORECASE)

CAPITAL_WORD = re.compile(r"\w*[^\W\d_]\w*")
MANY_LETTERS = 40
MOSTLY = 0.7


class Kind(StrEnum):
    """What a notice is about."""

    RED_FLAG = "red_flag"
    PERSONAL_DATA = "personal_data"
    SHOUTING = "shouting"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the reader should know before sending, and which of their words it is about, each once, in order."""

    kind: Kind
    message: str
    words: tuple[str, ...]


def notices_on(text: str) -> tuple[Notice, ...]:
    """Return the notices on `text`, the gravest first: none for most comments. In time linear in its length."""
    found = (
        (
            Kind.RED_FLAG,
            _(
                "This site cannot see you. What you describe is often harmless, but it can also need help today. "
                "If it is happening now, please call your doctor or the emergency number."
            ),
            _red_flags(text),
        ),
        (
            Kind.PERSONAL_DATA,
            _("Others can read this for years. Please consider taking out what tells who or where somebody is."),
            _personal_data(text),
        ),
        (Kind.SHOUTING, _("Words in capitals are hard to read. Small letters are heard as well."), _shouting(text)),
    )
    return tuple(
        Notice(kind=kind, message=message, words=tuple(dict.fromkeys(words))) for kind, message, words in found if words
    )


def _red_flags(text: str) -> list[str]:
    return [match.group() for match in RED_FLAG.finditer(text)]


def _personal_data(text: str) -> list[str]:
    """Return e-mail addresses, telephone and identity numbers, and named people with a diagnosis."""
    matches = [match for pattern in (E_MAIL, *IDENTITY_NUMBERS, NAMED_DIAGNOSIS) for match in pattern.finditer(text)]
    matches += [match for pattern in TELEPHONE_NUMBERS for match in pattern.finditer(text) if _is_telephone(match)]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    ends = [0, *accumulate((match.end() for match in matches), max)]
    # What lies within a longer finding is told with it.
    return [match.group() for match, end in zip(matches, ends, strict=False) if match.end() > end]


def _is_telephone(match: re.Match[str]) -> bool:
    """Return whether `match`, which has the form of a telephone number, is no date, serial or free public number."""
    number = match.groupdict().get("number") or match.group()
    before = match.string[max(0, match.start() - 12) : match.start()]
    return not NO_TELEPHONE.match(number) and not SERIAL_NUMBER_BEFORE.search(before)


def _shouting(text: str) -> list[str]:
    """Return the words in capitals if most of the letters are capitals and there are more than `MANY_LETTERS`."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    if capitals + small <= MANY_LETTERS or capitals < MOSTLY * (capitals + small):
        return []
    return [word for word in CAPITAL_WORD.findall(text) if len(word) > 1 and word.isupper()]
