"""A claim about the world (a study, evidence, a percentage) in a paragraph that cites no source. English."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import WEB, Draft, Part
from articles.readiness.finding import Found, Severity, excerpts_of
from prose.phrases import any_of
from prose.quotations import without_quotations
from prose.readability import sentences

LABEL = gettext_lazy("Claim without a source")
SEVERITY = Severity.WARNING

PERCENT = r"\d+(?:[.,]\d+)?\s?(?:%|per ?cent)"
SMALL = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten"
LARGE = r"[3-9]|10|12|15|20|25|50|100|1,?000|10,?000|100,?000|three|four|five|six|seven|eight|nine|ten|twenty|a hundred"
MEASURES = r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|steps?|cups?|parts?|inch(?:es)?|sizes|languages"

CLAIM = any_of(
    "stud(?:y|ies)|meta-analys[ei]s|research|researchers|scientists|evidence",
    "trials|(?:clinical|randomi[sz]ed|controlled|medical) trial|trial (?:of|with|in|found|showed)",
    "according to",
    # Of people, of risks, or by how much: not what a bottle holds or a dial shows.
    rf"{PERCENT} (?:of|more|less|fewer|higher|lower|likelier|chance|risk)",
    rf"by (?:about |around |up to |nearly |almost |over |more than |at least )?{PERCENT}",
    rf"(?:{SMALL}) (?:out of|in) (?:every )?(?:{LARGE})(?! (?:{MEASURES})\b)",
    "twice as (?:likely|common|many people)",
    "times (?:as (?:likely|common|often)|more (?:likely|common|often)|less likely|higher|lower|the risk)",
)

OF_A_PLAN = (
    r"instructions?|packag(?:e|ing)|label|manufacturer|recipe|needs?|plan|schedule|taste|size|age|weight|preferences?|"
    r"directions?|season|temperature|whether|how|what"
)
NO_CLAIM = any_of(
    # Other studies, and what is done with books.
    "case stud(?:y|ies)",
    "(?:to|you|i|we|they|who|students|must|should|can|could|will|please|and) study",
    "(?:she|he|who|it|student) studies",
    "study (?:hard|rooms?|guides?|groups?|abroad|for)",
    "(?:my|your|her|his|our|their) (?:own )?stud(?:y|ies)",
    # Other trials.
    "trials? and errors?|trials and tribulations|free trials?|trial (?:run|period|version|subscription)s?",
    # What readers find out for themselves.
    "(?:do|did|doing|your|our|my|own) (?:own )?research",
    "research (?:your|the best|before|options|brands)",
    "(?:physical|circumstantial|photographic|visible) evidence",
    "evidence of (?:mice|rats|pests|damage|mold|wear)",
    # What follows a plan.
    rf"according to (?:the |your |their |its |our |my |package |each |both )*(?:{OF_A_PLAN})(?:['’]s)?",
)
"""The same words when they claim nothing about the world."""


def find(draft: Draft) -> Iterator[Found]:
    """Yield every claim without a source in reach; where a block makes many, one finding for all of them."""
    message = _("This claims something that readers cannot look up. Cite the source, or say it differently.")
    for part in draft.parts:
        for excerpt in excerpts_of(filter(is_claim, sentences(_without_source(part)))):
            yield Found(message=message, block=part.id, excerpt=excerpt)


def is_claim(sentence: str) -> bool:
    """Return whether `sentence` claims something that somebody must have found out. A question claims nothing."""
    if sentence.rstrip("\"'”’»)").endswith("?"):
        return False
    return bool(CLAIM.search(NO_CLAIM.sub(" ", without_quotations(sentence))))


def _without_source(part: Part) -> str:
    """Return the own words of `part` that neither cite a source nor link to one elsewhere, line by line.

    A paragraph needs a source of its own. A line that can hold none, such as a title or a cell, takes any of the block.
    """
    if not part.cites and not any(link.startswith(WEB) for link in part.links):
        return part.own_words
    return "\n".join(line for line in part.own_words.splitlines() if line in part.unsourced)
