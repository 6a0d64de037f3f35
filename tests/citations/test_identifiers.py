"""One publication, however it is typed, is one publication; and what is none is refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.citations.identifiers import NotAnIdentifier, identify, identify_all

GOOD = {
    "10.1002/ART.1780410524": "10.1002/art.1780410524",
    "doi:10.1002/art.1780410524": "10.1002/art.1780410524",
    "DOI: https://doi.org/10.1002/art.1780410524": "10.1002/art.1780410524",
    "http://dx.doi.org/10.1002/art.1780410524": "10.1002/art.1780410524",
    "doi.org/10.1002/art.1780410524": "10.1002/art.1780410524",
    "https://onlinelibrary.wiley.com/doi/full/10.1002/art.1780410524?casa_token=x": "10.1002/art.1780410524",
    "https://www.frontiersin.org/articles/10.3389/fpsyg.2020.00001/full": "10.3389/fpsyg.2020.00001",
    "10.1016/S0140-6736(05)67889-0).": "10.1016/s0140-6736(05)67889-0",
    "https://doi.org/10.1002/1529-0131%28199805%2941:5%3C949::AID%3E3.0": "10.1002/1529-0131(199805)41:5<949::aid>3.0",
    "PMID: 9588755": "9588755",
    "pmid 09588755.": "9588755",
    "9588755": "9588755",
    "https://pubmed.ncbi.nlm.nih.gov/9588755/": "9588755",
    "https://www.ncbi.nlm.nih.gov/pubmed/9588755?dopt=Abstract": "9588755",
    "0-306-40615-2": "9780306406157",
    "ISBN 978-0-306-40615-7": "9780306406157",
    "ISBN-10: 0-8044-2957-x": "9780804429573",
    "978 0 306 40615 7": "9780306406157",
    "978–0–306–40615–7": "9780306406157",
    "https://www.NHS.uk/conditions/?a=b#top": "https://www.nhs.uk/conditions/?a=b",
    "www.nhs.uk": "https://www.nhs.uk/",
    "http://example.org:80/": "http://example.org/",
    "https://example.org:8443/a": "https://example.org:8443/a",
}
BAD = {
    "": "Please give a DOI, a PMID, an ISBN or a web address.",
    " \x00\u200b ": "Please give a DOI, a PMID, an ISBN or a web address.",
    "foo": "“foo” is no DOI, PMID, ISBN or web address.",
    "978-0-306-40615-8": "A digit of this ISBN is wrong: after the others, the last would be 7, not 8.",
    "0-306-40615-X": "A digit of this ISBN is wrong: after the others, the last would be 2, not X.",
    "1234567890123": "An ISBN of 13 digits begins with 978 or 979, not with 123.",
    "ISBN 12345": "“12345” is no ISBN: that has 10 or 13 digits, and this has 5.",
    "12345678901": "“12345678901” is no ISBN: that has 10 or 13 digits, and this has 11.",
    "PMID: x": "“x” is no PMID: that is a number of up to eight digits.",
    "PMID 0": "“0” is no PMID: that is a number of up to eight digits.",
    "10.1": "“10.1” is no complete DOI: it begins with 10., four digits or more and a slash, without blanks.",
    "doi: 10.1000/a b": (
        "“10.1000/a b” is no complete DOI: it begins with 10., four digits or more and a slash, without blanks."
    ),
    "javascript://a.test/%0aalert(1)": (
        "“javascript://a.test/%0aalert(1)” is no web address: it would begin with https:// and have no blanks."
    ),
    "http://localhost/": "“http://localhost/” is no web address: it would begin with https:// and have no blanks.",
    "https://me:secret@a.test/": (
        "“https://me:secret@a.test/” is no web address: it would begin with https:// and have no blanks."
    ),
    "https://[::1/": "“https://[::1/” is no web address: it would begin with https:// and have no blanks.",
    "https://a.test/" + "a" * 500: "This web address is longer than 500 characters.",
    "10.1000/" + "a" * 300: "This DOI is longer than 255 characters.",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), GOOD.items())
def test_publication_is_recognized_however_it_is_typed(typed, value):
    assert identify(typed).value == value


@pytest.mark.parametrize(("typed", "sentence"), BAD.items())
def test_what_names_nothing_is_refused_with_the_reason(typed, sentence):
    with pytest.raises(NotAnIdentifier) as refusal:
        identify(typed)

    assert str(refusal.value) == sentence


@given(st.text(max_size=60) | st.from_regex(r"(https?://|doi:|isbn |10\.)[ -~]{0,40}"))
def test_what_was_recognized_is_recognized_again_as_the_same_and_nothing_crashes(typed):
    try:
        found = identify(typed)
    except NotAnIdentifier:
        return

    assert identify(found.value) == found


@given(st.integers(0, 999_999_999))
def test_isbn_of_ten_and_of_thirteen_digits_is_one_book_and_a_wrong_digit_is_noticed(number):
    body = f"{number:09}"
    ten = next(f"{body}{digit}" for digit in "0123456789X" if _is_isbn(f"{body}{digit}"))

    thirteen = identify(ten).value

    assert identify(thirteen).value == thirteen
    assert not _is_isbn(f"{body}{'1' if ten[-1] == '0' else '0'}")


def _is_isbn(digits: str) -> bool:
    try:
        return identify(f"ISBN {digits}").kind == "isbn"
    except NotAnIdentifier:
        return False


def test_several_lines_name_one_source():
    assert identify_all("10.1000/1\n\n PMID: 12 \n") == {"doi": "10.1000/1", "pmid": "12"}
    with pytest.raises(NotAnIdentifier, match=r"A source has one DOI; these are two: 10\.1000/1 and 10\.1000/2\."):
        identify_all("10.1000/1\n10.1000/2")
