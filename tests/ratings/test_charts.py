"""Plots hold nothing but numbers and words."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from ratings.desk.charts import STYLE, Plot, Series, bars, lines, rows, ticks

SVG = "{http://www.w3.org/2000/svg}"


def plot(*values: tuple[float | None, ...], label: str = "Mon", **fields) -> Plot:
    series = tuple(Series(label=f"Series {number}", values=each) for number, each in enumerate(values))
    labels = tuple(f"{label} {number}" for number in range(len(values[0])))
    return Plot(title="Decisions", empty="Nothing.", of="Day", labels=labels, series=series, **fields)


def found(svg: str, tag: str, color: str = "c") -> list:
    return [each for each in ElementTree.fromstring(svg).iter(f"{SVG}{tag}") if each.get("class", "").startswith(color)]


def heights(svg: str, color: str) -> list[float]:
    return [float(rect.get("height")) for rect in found(svg, "rect", color)][1:]


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_ticks_are_few_round_numbers_that_reach_the_largest_value(most):
    marks = ticks(most)

    assert marks[0] == 0
    assert marks[-2] < most <= marks[-1]
    assert 3 <= len(marks) <= 6
    assert re.match(r"[125]", f"{marks[1]:e}")


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other():
    svg = bars(plot((10, 20), (30, 0)))

    low, high = heights(svg, "c0")
    assert high == pytest.approx(2 * low, abs=0.2)
    (above,) = heights(svg, "c1")
    assert above == pytest.approx(3 * low, abs=0.2)
    second = found(svg, "rect", "c1")[1]
    assert float(second.get("y")) + above == pytest.approx(float(found(svg, "rect", "c0")[1].get("y")), abs=0.2)


def test_line_is_broken_where_a_value_is_missing():
    svg = lines(plot((1, 2, None, 3, 4, None, 5)))

    assert len(found(svg, "circle")) == 5
    assert [len(line.get("points").split()) for line in found(svg, "polyline")] == [2, 2]


def test_lying_bars_have_their_notes():
    svg = rows(plot((1, 3), (2, 4), notes=("67 % of 3", "57 % of 7")))

    texts = [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert {"67 % of 3", "57 % of 7", "Mon 0", "Mon 1"} <= set(texts)


@pytest.mark.parametrize("draw", [bars, lines, rows])
def test_plot_is_the_same_each_time_and_holds_nothing_that_runs_or_is_fetched(draw):
    hostile = '</title><script>alert(1)</script>" onload="x'
    drawn = plot((1, 2), (3, 4), label=hostile)

    assert draw(drawn) == draw(drawn)
    tree = ElementTree.fromstring(draw(drawn))
    assert {each.tag.removeprefix(SVG) for each in tree.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "text", "line", "circle", "polyline")
    }
    names = {name for each in tree.iter() for name in each.attrib}
    assert not [name for name in names if name == "style" or "href" in name or name.startswith("on")]
    assert "url(" not in draw(drawn)


@pytest.mark.parametrize("draw", [bars, lines, rows])
@pytest.mark.parametrize("values", [(), (0, 0), (None, None)])
def test_plot_without_numbers_says_so(draw, values):
    drawn = Plot(
        title="Decisions",
        empty="Nothing.",
        of="Day",
        labels=("Mon",) * len(values),
        series=(Series(label="All", values=values),),
    )

    assert drawn.is_empty
    assert [text.text for text in ElementTree.fromstring(draw(drawn)).iter(f"{SVG}text")] == ["Nothing."]


def test_table_has_the_numbers_of_the_plot():
    drawn = plot((1000, None), (2, 3), notes=("a", "b"), noted="Note")

    assert drawn.header == ("Day", "Series 0", "Series 1", "Note")
    assert drawn.rows == [("Mon 0", "1,000", "2", "a"), ("Mon 1", "–", "3", "b")]


def test_numbers_that_do_not_fit_the_labels_are_refused():
    with pytest.raises(ValueError, match="one value"):
        Plot(title="T", empty="E", of="D", labels=("a", "b"), series=(Series(label="s", values=(1,)),))


def luminance(color: str) -> float:
    digits = color if len(color) == 6 else "".join(2 * digit for digit in color)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colors_stand_out_from_the_paper(scheme):
    colors = {
        name: luminance(values[scheme])
        for name in ("paper", "ink", "c0", "c1", "c2", "c3", "c4")
        if (values := re.findall(rf"--{name}: #([0-9a-f]+)", STYLE))
    }

    def contrast(name: str) -> float:
        low, high = sorted((colors[name], colors["paper"]))
        return (high + 0.05) / (low + 0.05)

    assert contrast("ink") >= 7
    assert [name for name in ("c0", "c1", "c2", "c3", "c4") if contrast(name) < 3] == []
