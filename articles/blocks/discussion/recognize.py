"""Recognizing the discussion prompt: a line that invites readers to answer."""

from collections.abc import Sequence

from articles.exchange.findings import Found, all_labels, joined_text
from articles.exchange.inline import plain_line
from articles.exchange.labels import Label, one_of, pattern
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import bare, made
from articles.exchange.source import Given

ORDER = 130

LONGEST_PROMPT = 450

SIGNS = "💬🗨🗣💭"
LABELS = Label(
    "over to you",
    "your turn",
    "join the (?:discussion|conversation|debate)",
    "discussion(?: question| prompt)?",
    "let['’]?s (?:talk|discuss|chat)",
    "question for (?:you|readers)",
    "we want to hear from you",
    "have your say",
    "tell us",
)
WHERE = one_of(
    r"\b(?:in|to|through) the comments?\b",
    r"\bcomments? (?:section|box|field|below)\b",
    r"\bbelow\b",
)
YOURS = one_of(
    "thoughts?",
    "experiences?",
    "stor(?:y|ies)",
    "tips?",
    "tricks?",
    "questions?",
    "ideas?",
    "opinions?",
    "advice",
    "memor(?:y|ies)",
    "results?",
    "photos?",
    "pictures?",
)
ADDRESS = pattern(r"\byou(?:r|rs|['’]ve|['’]re)?\b")
LAST_LINES = 6
"""A question to the readers without other words of invitation is one only if no more lines than this follow."""
INVITATION = pattern(
    rf"\bshare (?:your|a|any|one of your) (?:own |favou?rite |best |personal )?{YOURS}\b",
    rf"\b(?:share|reply|comment)\b[^.!?]{{0,80}}{WHERE}",
    rf"(?:^|[.!?,:] )answer\b[^.!?]{{0,80}}{WHERE}",
    r"^(?:please |so )?(?:tell (?:us|me)|let (?:us|me) know)\b",
    rf"\b(?:tell|let) (?:us|me)(?: know)?\b.{{0,120}}{WHERE}",
    r"\b(?:leave|drop|post|write|add)\b.{0,60}\bcomments?\b",
    r"\b(?:we['’]?d|i['’]?d|would) love to hear\b",
    r"\bwe want to hear\b",
    r"\bjoin the (?:discussion|conversation)\b",
    r"\bwhat do you think\?",
    r"\bwhat(?:['’]s| is) your (?:experience|story|take)\b.*\?",
)


def recognize(passage: Passage) -> Found | None:
    """Recognize an invitation that is a paragraph of its own."""
    line = passage.line
    if line.item or not passage.opens or len(line.text) > LONGEST_PROMPT:
        return None
    invites = line.text[0] in SIGNS or INVITATION.search(line.text) or LABELS.is_all_of(line) or LABELS.read(line)
    if not invites and not _asks_at_the_end(passage):
        return None
    return Found(
        kind="discussion",
        value={"prompt": plain_line(line.plain)},
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=line.raw,
    )


def _asks_at_the_end(passage: Passage) -> bool:
    """Whether the line asks the readers something, and no paragraph answers it before the article ends."""
    following = passage.following
    answered = following is not None and following.line.is_prose
    asks = passage.line.text.endswith("?") and ADDRESS.search(passage.line.text)
    return bool(asks) and not answered and passage.ends_within(LAST_LINES)


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take the lines directly below, and an invitation or a question below a heading that announces it."""
    if following.first == parts[-1].last + 1:
        return following.kind in ("text", "discussion")
    heading_alone = len(parts) == 1 and not parts[0].text.rstrip().endswith((".", "?", "!"))
    asks = following.kind == "discussion" or (following.kind == "text" and "?" in following.text)
    return heading_alone and asks


def gather(parts: Sequence[Found]) -> Found:
    """Make one prompt of `parts`."""
    text = joined_text(parts)
    lines = [plain_line(line.strip("# ")) for line in text.split("\n") if line.strip()]
    return Found(
        kind="discussion",
        value={"prompt": "\n".join(lines)},
        first=parts[0].first,
        last=parts[-1].last,
        confidence=min(part.confidence for part in parts),
        text=text,
        labels=all_labels(parts),
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a prompt of all `lines`."""
    prompt = "\n".join(plain_line(bare(line)) for line in lines if not line.blank)
    return made("discussion", {"prompt": prompt}, lines) if prompt else None
