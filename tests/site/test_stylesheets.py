"""The habits of our stylesheets, as machines."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted([*ROOT.glob("site/static/css/*.css"), *ROOT.glob("articles/blocks/*/block.css")])
BLOCKS = [sheet for sheet in SHEETS if sheet.name == "block.css"]
RULES = {sheet: re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL) for sheet in SHEETS}


def name(sheet: Path) -> str:
    return str(sheet.relative_to(ROOT))


every_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=name)


def test_every_kind_has_a_stylesheet_and_a_template():
    folders = {path.parent for path in ROOT.glob("articles/blocks/*/__init__.py")}

    assert {sheet.parent for sheet in BLOCKS} == folders
    assert {path.parent for path in ROOT.glob("articles/blocks/*/block.html")} == folders


@every_sheet
def test_colors_are_named_in_the_tokens_alone(sheet):
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", RULES[sheet])

    assert found == [] or sheet.name == "tokens.css"


@every_sheet
def test_colors_of_urgency_belong_to_the_warning(sheet):
    found = re.findall(r"--(?:on-)?(?:non-urgent|urgent|emergency)\b", RULES[sheet])

    assert found == [] or name(sheet) in {"site/static/css/tokens.css", "articles/blocks/warning/block.css"}


@every_sheet
def test_directions_follow_the_script(sheet):
    side = "(?:left|right|top|bottom)"
    physical = rf"(?:margin|padding|border)-{side}\b|(?<![\w-]){side}:|text-align: {side}"

    assert re.findall(physical, RULES[sheet]) == []


@every_sheet
def test_nothing_shouts(sheet):
    assert "!important" not in RULES[sheet]


@every_sheet
def test_every_rule_stands_in_a_layer(sheet):
    depth, outside = 0, ""
    for character in RULES[sheet]:
        depth += {"{": 1, "}": -1}.get(character, 0)
        outside += character if depth == 0 else ""
    statements = re.sub(r"@layer [\w, ]+[;}]?", "", outside)

    assert depth == 0
    assert statements.strip(" \n}") == ""


@every_sheet
def test_nothing_comes_from_elsewhere(sheet):
    assert re.findall(r"@import|url\(", RULES[sheet]) == []


@pytest.mark.parametrize("sheet", BLOCKS, ids=name)
def test_a_kind_writes_into_the_layer_of_blocks(sheet):
    assert RULES[sheet].strip().startswith("@layer blocks {")
