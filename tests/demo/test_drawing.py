"""The demo's pictures: always the same for the same words, and there for all that the content asks for."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from demo import content
from demo.drawing import draw, figure, portrait

SMALL = (160, 100)
NAMED = {"arcs", "waves", "leaves", "grid", "moon", "steam", "hills", "threads", "cells"}
ARTICLES = content.read("articles")
MOTIFS = sorted({article["motif"] for article in ARTICLES.values()} | NAMED)
FIGURES = [(slug, number + 1) for slug, article in ARTICLES.items() for number in range(len(article["figure_alts"]))]
PEOPLE = [person["name"] for person in content.read("people")]


def _same(first, second) -> bool:
    return ImageChops.difference(first, second).getbbox() is None


@pytest.mark.parametrize("motif", MOTIFS)
def test_motif_is_the_same_for_one_seed_and_differs_by_seed(motif):
    picture = draw(motif, "first", SMALL)

    assert (picture.size, picture.mode) == (SMALL, "RGB")
    assert _same(picture, draw(motif, "first", SMALL))
    assert not _same(picture, draw(motif, "second", SMALL))


@pytest.mark.parametrize("motif", MOTIFS)
def test_seeds_differ_by_more_than_grain(motif):
    first, second = (draw(motif, seed, SMALL).reduce(10) for seed in ("first", "second"))

    assert max(high for _, high in ImageChops.difference(first, second).getextrema()) > 8


def test_unknown_motif_is_an_error():
    with pytest.raises(KeyError):
        draw("fireworks", "first", SMALL)


@pytest.mark.parametrize(("slug", "number"), FIGURES)
def test_each_figure_of_the_content_is_drawn(slug, number):
    picture = figure(slug, number, SMALL)

    assert (picture.size, picture.mode) == (SMALL, "RGB")
    assert _same(picture, figure(slug, number, SMALL))


def test_each_figure_has_a_drawing_of_its_own():
    pictures = [figure(slug, number, SMALL).reduce(10).tobytes() for slug, number in FIGURES]

    assert len(set(pictures)) == len(FIGURES)


@pytest.mark.parametrize("slug", [path.stem for path in content.article_files()])
def test_alt_texts_and_figures_agree_in_number(slug):
    text = (content.FOLDER / "articles" / f"{slug}.txt").read_text(encoding="utf-8")
    captions = [line for line in text.splitlines() if line.startswith("Figure ")]

    assert len(captions) == len(ARTICLES[slug]["figure_alts"])


def test_portraits_are_square_the_same_by_name_and_differ_by_name():
    pictures = [portrait(name, 96) for name in PEOPLE]

    assert {picture.size for picture in pictures} == {(96, 96)}
    assert all(_same(picture, portrait(name, 96)) for name, picture in zip(PEOPLE, pictures, strict=True))
    assert len({picture.reduce(8).tobytes() for picture in pictures}) == len(PEOPLE)


@pytest.mark.parametrize("size", [(1, 1), (40, 90), (120, 30), (64, 64)])
def test_any_size_is_filled(size):
    assert draw("hills", "first", size).size == size
    assert figure(*FIGURES[0], size).size == size
