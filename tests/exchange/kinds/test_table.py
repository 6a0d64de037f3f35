"""Recognizing a table."""

import pytest

ROWS = "Drywall{0}Latex{0}2\nWood{0}Oil{0}3"


@pytest.mark.parametrize(
    "text",
    [
        "Surface\tPrimer\tCoats\n" + ROWS.format("\t"),
        "Surface | Primer | Coats\n" + ROWS.format(" | "),
        "| Surface | Primer | Coats |\n|---|:-:|--:|\n| Drywall | Latex | 2 |\n| Wood | Oil | 3 |",
        "Surface | Primer | Coats\n--- | --- | ---\n" + ROWS.format(" | "),
        "Surface   Primer   Coats\n" + ROWS.format("   "),
    ],
)
def test_table_is_known_by_its_separators(find, text):
    table = find(text)
    assert table.facts == {"rows": 2, "columns": 3, "header": ["Surface", "Primer", "Coats"]}
    assert table.value["table"]["rows"] == [{"values": ["Drywall", "Latex", "2"]}, {"values": ["Wood", "Oil", "3"]}]
    assert table.confirm == ""


@pytest.mark.parametrize("caption", ["Table: Coats of paint", "Table 1. Coats of paint", "**Table 2:** Coats of paint"])
def test_line_above_that_says_table_is_the_caption(find, caption):
    table = find(f"{caption}\nSurface | Coats\nDrywall | 2\nWood | 3")
    assert table.value["table"]["caption"] == caption.replace("*", "")
    assert table.first == 5


def test_heading_above_stays_a_heading(kinds):
    assert kinds("Coats of Paint\n\nSurface | Coats\nDrywall | 2\nWood | 3") == ["heading", "table"]


def test_rows_of_values_have_no_header(find):
    assert find("Rent | $1,980\nFood | $940\nFun | $310").facts == {"rows": 3, "columns": 2, "header": None}


def test_years_may_head_columns_of_numbers(find):
    assert find("Item\t2023\t2024\nRent\t900\t950").facts["header"] == ["Item", "2023", "2024"]


def test_first_column_may_lack_a_heading(find):
    table = find("\tMigraine\tTension\nPain\tThrobbing\tPressing\nNausea\tCommon\tRare")
    assert table.facts["header"] == ["", "Migraine", "Tension"]
    assert table.value["header_column"] is True


def test_empty_cells_are_kept(find):
    rows = find("A1 | B1 | C1\nx |  | y\nz | w |").value["table"]["rows"]
    assert rows == [{"values": ["x", "", "y"]}, {"values": ["z", "w", ""]}]


LOST = """
Habit | Why It Helps | How Often
Morning walk | Resets the body clock | Daily
Cold shower | Wakes the senses | Twice a week
Journaling | Clears the mind | Every evening

Early Signs | Late Signs
Slight stiffness in the morning | Constant stiffness all day
Mild swelling after activity | Visible swelling at rest
Pain that comes and goes | Pain that wakes you at night

Material | Pros | Cons | Best For
Bamboo | Light and fast-growing | Dulls knives slightly | Everyday prep
Maple | Gentle on edges | Needs regular oil | Serious cooks
Plastic | Dishwasher safe | Scars over time | Raw meat

Vitamin | Main Role | Best Sources
Vitamin A | Supports vision | Carrots, sweet potatoes, spinach
Vitamin C | Helps wounds heal | Citrus, peppers, strawberries
Vitamin D | Strengthens bones | Sunlight, salmon, eggs

Type of pain | What it feels like | What to do
Muscle ache | Dull and spread out | Rest and gentle heat
Nerve pain | Sharp or burning | A visit to the doctor

Tire Pressure Too Low | Tire Pressure Too High
Steering feels heavy | Ride feels harsh
Edges wear first | Center wears first
Fuel use goes up | Braking distance grows

Knife | Blade Length | Edge Angle
Chef's knife | 8 inches | 17 degrees
Santoku | 7 inches | 15 degrees
Bread knife | 10 inches | 20 degrees

Week | Distance | Rest Days
Week 1 | 2 miles | 4 days
Week 2 | 3 miles | 3 days
Week 3 | 4 miles | 3 days
"""


@pytest.mark.parametrize("text", LOST.strip().split("\n\n"), ids=lambda text: text.split("\n")[0])
def test_lost_columns_are_recovered_and_to_be_confirmed(find, text):
    header, *rows = [line.split(" | ") for line in text.split("\n")]
    table = find(text.replace(" | ", " "))
    assert table.facts["header"] == header
    assert [row["values"] for row in table.value["table"]["rows"]] == rows
    assert table.confirm
    assert table.confidence < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Seated forward bends\nSpinal twists for beginners\nCat-cow movements in yoga",
        "How to Sleep Better Tonight\nWhy Your Knees Click\nWhat Doctors Say About Stretching",
        "Whisk the eggs with the sugar\nFold in the Flour slowly\nBake at 350 degrees for an hour",
        "This is prose.  It has two blanks.\nAnd so has this.  It goes on.",
        "Home | Garden | Compost",
    ],
)
def test_lines_without_common_columns_are_no_table(kinds, text):
    assert "table" not in kinds(text)
