"""Recognizing takeaways, figures, discussion prompts, conclusions and text."""

import pytest


@pytest.mark.parametrize(
    "title", ["Key Takeaways", "At a Glance", "In brief:", "TL;DR", "## Key points", "Summary", "The Short Version"]
)
def test_takeaways_are_a_list_under_their_heading(find, title):
    takeaways = find(f"{title}\n\n• Rest.\n• Sleep.")
    assert takeaways.kind == "takeaways"
    assert (takeaways.facts, takeaways.value["items"]) == ({"count": 2}, ["Rest.", "Sleep."])


@pytest.mark.parametrize(
    "text", ["TL;DR: Rest and sleep.", "**TL;DR:** Rest and sleep.", "Key takeaways\n\nRest and sleep."]
)
def test_takeaways_may_be_one_sentence(find, text):
    assert find(text).value["items"] == ["Rest and sleep."]


@pytest.mark.parametrize(
    ("text", "alt", "caption", "credit"),
    [
        ("Figure 1: A knee.", "", "Figure 1: A knee.", ""),
        ("Figure 2. A knee. Photo by Ann Lee", "", "Figure 2. A knee.", "Photo by Ann Lee"),
        ("Photo: A knee.\nCredit: Ann Lee", "", "A knee.", "Credit: Ann Lee"),
        ("Image caption: A knee.", "", "A knee.", ""),
        ("[Image: A knee]", "A knee", "", ""),
        ("[Photo: A knee]\n(Photo by Ann Lee)", "A knee", "", "Photo by Ann Lee"),
        ("![A knee](https://example.org/knee.png)\n*Photo by Ann Lee*", "A knee", "", "Photo by Ann Lee"),
        ("![A knee](https://example.org/knee.png)\n*From the side*", "A knee", "From the side", ""),
    ],
)
def test_figure_has_description_caption_and_credit(find, text, alt, caption, credit):
    figure = find(text)
    assert figure.value == {"image": None, "alt": alt, "caption": caption, "credit": credit}


def test_sentence_about_a_figure_stays_text(kinds):
    assert kinds("Figure out what you spend.\n\nFigure 1 shows what I mean.") == ["text"]


@pytest.mark.parametrize(
    "text",
    [
        "💬 Which tea is yours?",
        "🗨 Share your experience below.",
        "Which tea would you never give up? Share your story in the comments.",
        "Tell us in the comments how it went.",
        "Over to you: Which tea is yours?",
        "What do you think? Is tea better?",
        "Join the discussion",
        "Over to You\n\nWhich tea is yours?",
        "Have you tried it? What was it like?",
    ],
)
def test_prompt_invites_readers(find, text):
    discussion = find(text)
    assert (discussion.kind, discussion.value["prompt"]) == ("discussion", text.replace("\n\n", "\n"))


def test_invitation_to_share_the_page_is_no_prompt(kinds):
    assert kinds("Share this article") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Conclusion\n\nRest helps.", "Conclusion"),
        ("Conclusion: Rest\n\nRest helps.", "Conclusion: Rest"),
        ("## The Bottom Line\n\nRest helps.", "The Bottom Line"),
        ("Final Thoughts\nRest helps.", "Final Thoughts"),
        ("To sum up:\n\nRest helps.", "To sum up:"),
        ("Summary\n\nRest helps.", "Summary"),
        ("The Takeaway\n\nRest helps.", "The Takeaway"),
        ("Bottom line: Rest helps.", "Bottom line"),
    ],
)
def test_conclusion_has_its_heading_as_title(find, text, title):
    conclusion = find(text)
    assert conclusion.kind == "conclusion"
    assert conclusion.value == {"title": title, "body": "<p>Rest helps.</p>"}


def test_conclusion_ends_at_the_prompt(kinds):
    assert kinds("Conclusion\n\nRest helps.\n\nIt does:\n\n- a\n- b\n\n💬 Does it?") == ["conclusion", "discussion"]


def test_conclusion_without_text_is_a_heading(kinds):
    assert kinds("Conclusion\n\nTip: Rest.") == ["heading", "tip"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Wrapped lines that\ngo on.", "<p>Wrapped lines that go on.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("A list:\n• one\n• two", "<p>A list:</p><ul><li>one</li><li>two</li></ul>"),
        ("A list:\n1. one\n2. two", "<p>A list:</p><ol><li>one</li><li>two</li></ol>"),
        ("A list:\n\n– one\n\n– two", "<p>A list:</p><ul><li>one</li><li>two</li></ul>"),
        (
            "A list:\n- one\n    - inner\n- two",
            "<p>A list:</p><ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>",
        ),
        ("A list:\n- one that\n  goes on\n- two", "<p>A list:</p><ul><li>one that goes on</li><li>two</li></ul>"),
        ("He said <b>no</b> & left.", "<p>He said &lt;b&gt;no&lt;/b&gt; &amp; left.</p>"),
        ("5\u00a0mg\u200b of it.", "<p>5 mg\u200b of it.</p>"),
    ],
)
def test_text_has_paragraphs_and_lists(read, text, html):
    assert read(text).blocks[-1].value.endswith(html)


def test_long_text_is_cut_into_several_blocks(read):
    blocks = read("A sentence that is rather plain.\n\n" * 2_000).blocks
    assert len(blocks) > 2
    assert all(len(block.value) < 50_000 for block in blocks)
