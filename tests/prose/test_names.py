"""When two names are the same."""

import pytest

from prose.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Émile Été", "ÉMILE ÉTÉ"),
        ("Straße", "STRASSE"),
        ("Ada  Brook ", "ada brook"),
        ("E\u0301t\u00e9", "\u00c9te\u0301"),
    ],
)
def test_case_spaces_and_composition_make_no_other_name(one, other):
    assert name_key(one) == name_key(other)


def test_another_letter_makes_another_name():
    assert name_key("Emile") != name_key("Émile")
