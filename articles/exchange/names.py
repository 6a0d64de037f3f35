"""The shape of a person's name, and what people put around it."""

import re

from articles.exchange.vocabulary import listed

LONGEST_NAME = 60

NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
PARTICLES = listed("al bin da de del della den der di dos du el ibn la le ten ter van von y zu")
NOT_IN_NAMES = listed(
    """a about an and any are as at be before by can do for from get how if in into is it its more my no not of on or
    our out over that the this to too up was we what when where which who why will with you your"""
)
ABBREVIATION_AT_END = re.compile(r"\b(?:[A-Z]|Jr|Sr|Ph\.?D|M\.?D|D\.O|R\.N)\.$")
"""A period that ends a name or a degree, not a sentence."""
ALSO = re.compile(r"\s+(?:and|&|with|for|on|at)\s+|\s*[,|(·•/]|\s+[–—-]\s+", re.IGNORECASE)
"""What ends the first name in a byline: another name, a credential, a paper, a date."""


def is_name(text: str) -> bool:
    """Whether `text` is shaped like the name of one person, of two words or more: "Dr. Ana de la Cruz"."""
    parts = text.split()
    if not 2 <= len(parts) <= 6 or len(text) > LONGEST_NAME:
        return False
    return all(_fits_a_name(part) for part in parts) and parts[-1] not in PARTICLES


def first_name_in(byline: str) -> str:
    """Return the first person of a byline without "By": "Nora Price, MD, and Tom Hale" gives "Nora Price"."""
    return ALSO.split(byline.strip(), maxsplit=1)[0].strip(" *_.:")


def speaker_and_credential(attribution: str) -> tuple[str, str]:
    """Split "Jane Roe, MD, PhD" at the first comma (or opening parenthesis); the credential may be empty."""
    speaker, comma, credential = attribution.partition(",")
    if not comma and attribution.endswith(")") and " (" in attribution:
        speaker, _, credential = attribution[:-1].partition(" (")
    return speaker.strip(), credential.strip()


def _fits_a_name(part: str) -> bool:
    if part in PARTICLES:
        return True
    return bool(NAME_WORD.fullmatch(part)) and part[0].isupper() and part.casefold() not in NOT_IN_NAMES
