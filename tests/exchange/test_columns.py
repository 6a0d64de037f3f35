"""Tables whose columns were run together: each is recovered from the shape of its rows, or left alone."""

import pytest

from articles.exchange.columns import recovered_rows

TABLES = {
    "capitals behind small letters": """
        Healthy Habit | Common Mistake
        Drink water before each meal | Wait until you feel thirsty
        Walk for ten minutes after lunch | Sit down right after eating
        Sleep seven to nine hours | Catch up on weekends only
    """,
    "three columns, the first a label": """
        Symptom | Possible Cause | What to Do
        Dry, flaky scalp | Dandruff or cold air | Use a zinc shampoo twice a week
        Oily roots | Overwashing | Wash every other day
        Itching after coloring | Allergic reaction | Stop and see a dermatologist
    """,
    "cells of one word": """
        Material | Breathability | Warmth | Care Level
        Cotton | High | Low | Easy
        Wool | Moderate | High | Hard
        Polyester | Low | Medium | Easy
        Linen | Very High | Low | Moderate
    """,
    "yes and no": """
        Surface | Safe to Use Vinegar? | Reason
        Glass | Yes | Cuts through residue
        Marble | No | Acid etches the stone
        Stainless steel | Yes | Removes fingerprints
    """,
    "numbers with units": """
        Method | Time Required | Effectiveness | Cost
        Baking soda | 15 minutes | Moderate | Low
        Professional cleaning | 2 hours | High | $80–$120
        Steam cleaner | 45 minutes | Very high | $60
        Dish soap | 10 minutes | Low | Under $5
    """,
    "numbers beside numbers": """
        Food | Protein (g) | Calories | Best Time
        Greek yogurt | 17 | 100 | Breakfast
        Boiled egg | 6 | 78 | Any time
        Cottage cheese | 14 | 98 | Before bed
    """,
    "small letters behind percentages": """
        Skin Type | Retinol Strength | How Often
        Oily | 0.5% | every other night
        Normal | 0.3% | every third night
        Dry | 0.2% | twice a week
    """,
    "small letters throughout, in two like halves": """
        When to Worry | When to Relax
        your dog limps for days | your dog limps once after play
        the joint feels hot | the joint feels normal
        he refuses food | he eats as usual
    """,
}

PROSE = {
    "names": """
        Nora Price
        Ada Brook
        Ruth Lee
    """,
    "titles of other articles": """
        Why the Kettle Whistles
        How to Descale a Kettle
        The Best Teapots of the Year
    """,
    "lines in small letters": """
        Roses and Violets
        roses are red in summer
        violets are blue in spring
        sugar is sweet all year
    """,
}


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_recovered(name):
    expected = [line.split(" | ") for line in lines_of(TABLES[name])]

    assert recovered_rows([" ".join(row) for row in expected]) == expected


@pytest.mark.parametrize("name", PROSE)
def test_lines_that_are_no_table_are_left_alone(name):
    assert recovered_rows(lines_of(PROSE[name])) is None
