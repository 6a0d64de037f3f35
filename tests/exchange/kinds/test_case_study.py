"""Recognizing case studies."""

import pytest

STORY = "Tim ran daily.\n\nHis knee hurt, and he saw a coach.\n\nWithin six weeks the pain was gone."


@pytest.mark.parametrize(
    "heading",
    [
        "Mini Case Study: Tim",
        "Case study: Tim",
        "CASE STUDY",
        "Real-Life Example: Tim",
        "A Reader’s Story",
        "Patient Story: Tim’s Knee",
        "## Case Study 1: Tim",
        "Tim's Story",
    ],
)
def test_case_study_is_known_by_its_heading(find, heading):
    case = find(f"{heading}\n\n{STORY}")
    assert case.kind == "case_study"
    assert case.value == {
        "title": heading.lstrip("# "),
        "person": "",
        "background": "<p>Tim ran daily.</p>",
        "what_happened": "<p>His knee hurt, and he saw a coach.</p>",
        "outcome": "<p>Within six weeks the pain was gone.</p>",
    }


@pytest.mark.parametrize("form", ["{}: {}", "**{}:** {}", "{}\n{}", "{}\n\n{}"])
def test_sections_of_a_case_study_go_by_their_labels(find, form):
    sections = [("Background", "Tim ran daily."), ("What happened", "He fell."), ("Outcome", "He is fine.")]
    case = find("Case Study: Tim\n\n" + "\n\n".join(form.format(*section) for section in sections))
    fields = ("background", "what_happened", "outcome")
    assert [case.value[field] for field in fields] == [f"<p>{text}</p>" for _, text in sections]
    assert len(case.labels) == 3


def test_case_study_ends_at_a_heading(kinds):
    assert kinds(f"Case Study: Tim\n\n{STORY}\n\nWhat It Means\n\nRest helps.") == ["case_study", "heading", "text"]


def test_heading_alone_is_no_case_study(kinds):
    assert kinds("Case Study: Tim\n\nChecklist\n\n- Shoes\n- Water") == ["heading", "checklist"]
