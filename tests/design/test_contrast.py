"""Every pair of colors that the pages put on each other can be read, in the light and in the dark scheme (WCAG 2.2)."""

import pytest

from pages.tokens import BEST, PAIRS, colors, contrast, pairs


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("number", range(len(PAIRS)), ids=[f"{front} on {back}" for front, back, _ in PAIRS])
def test_pair_can_be_told_apart(number, scheme):
    pair = pairs()[number]

    assert getattr(pair, scheme) >= pair.least


def test_text_that_is_read_has_the_best_contrast():
    read = {"ink", "ink-soft", "accent", "accent-strong"}

    assert {pair.least for pair in pairs() if pair.front.name in read} == {BEST}


def test_every_color_stands_in_a_pair():
    used = {name for front, back, _ in PAIRS for name in (front, back)}

    assert set(colors()) - used == {"line"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_never_pure_white_and_ink_never_pure_black(scheme):
    found = {getattr(colors()[name], scheme) for name in ("paper", "ink")}

    assert found.isdisjoint({"#000000", "#ffffff"})
