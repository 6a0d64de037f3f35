"""Recognizing steps."""

import pytest


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1. Warm up (5 minutes): Walk.\n2. Run (1 hour): Go.\n3. Rest: Sit.", [5, 60, None]),
        ("1) Warm up (5 min): Walk.\n2) Run – 1 hour: Go.\n3) Rest: Sit.", [5, 60, None]),
        ("① Warm up – 5 min: Walk.\n② Run, 60 minutes: Go.\n③ Rest: Sit.", [5, 60, None]),
        ("Step 1: Warm up (5 min). Walk.\nStep 2: Run (1 hour). Go.\nStep 3: Rest. Sit.", [5, 60, None]),
        ("Step 1 – Warm up [5 minutes]\nWalk.\n\nStep 2 – Run [1 hr]\nGo.\n\nStep 3 – Rest\nSit.", [5, 60, None]),
        (
            "**Step 1: Warm up (5 min)**\n\nWalk.\n\n**Step 2: Run (1 hour)**\n\nGo.\n\n**Step 3: Rest**\n\nSit.",
            [5, 60, None],
        ),
        ("1. **Warm up (5 min).** Walk.\n2. **Run (1 hour).** Go.\n3. **Rest.** Sit.", [5, 60, None]),
        ("1. 5 min: Walk.\n2. 1 hour 30 minutes: Go.", [5, 90]),
        ("1. Warm up (10–15 minutes): Walk.\n2. Sprint (30 seconds): Go.\n3. Rest (5 minutes): Sit.", [None, None, 5]),
        ("1. **Warm up.** Walk.\n2. **Run.** Go.", [None, None]),
    ],
)
def test_steps_are_known_by_durations_titles_or_the_word_step(find, text, minutes):
    steps = find(text)
    assert steps.kind == "steps"
    assert steps.facts == {"count": len(minutes), "minutes": minutes}


def test_step_has_title_and_body_apart(find):
    first, second = find("Step 1: Warm up (5 minutes): Walk.\nStep 2: Run. Go far.").value["steps"]
    assert first == {"title": "Warm up", "minutes": 5, "body": "<p>Walk.</p>"}
    assert second == {"title": "Run.", "minutes": None, "body": "<p>Go far.</p>"}


def test_duration_in_the_words_of_the_page_stays_in_the_text(find):
    steps = find("1. Warm up (5 minutes): Walk.\n2. Run (90 min): Go.\n3. Rest (60 minutes): Sit.")
    assert steps.text == "1. Warm up (5 minutes): Walk.\n2. Run: Go.\n3. Rest: Sit."
    assert [label.text for label in steps.labels] == ["90 min", "60 minutes"]


@pytest.mark.parametrize(
    "heading", ["Step-by-Step Guide: Run", "How to Run", "Your Morning Routine", "Three Steps to Run", "### How to Run"]
)
def test_heading_of_a_routine_is_its_title(find, heading):
    steps = find(f"{heading}\n\nTake your time.\n\n1. Put on your shoes.\n2. Go.")
    assert steps.value["title"] == heading.lstrip("# ")
    assert steps.value["introduction"] == "<p>Take your time.</p>"
    assert [step["title"] for step in steps.value["steps"]] == ["Put on your shoes.", "Go."]


def test_text_behind_the_last_step_is_no_step(kinds):
    assert kinds("How to Run\n\n1. Put on your shoes.\n2. Go.\n\nThat is all there is to it.") == ["steps", "text"]


def test_tip_below_the_last_step_is_a_tip(kinds):
    assert kinds("How to Run\n\n1. Put on your shoes.\n2. Go.\nTip: Smile.") == ["steps", "tip"]


def test_plain_numbered_list_stays_text(find, kinds):
    assert kinds("They fail for these reasons:\n\n1. They assume too much.\n2. They forget bills.") == ["text"]


def test_heading_of_a_routine_without_steps_stays_a_heading(kinds):
    assert kinds("How to Think About Running\n\nIt is simple, once you know it.") == ["heading", "text"]


def test_numbered_headings_with_paragraphs_are_no_steps(kinds):
    assert kinds("1. Start slowly\n\nDo not rush it.\n\n2. Rest often\n\nDo not skip it.") == ["heading", "text"] * 2
