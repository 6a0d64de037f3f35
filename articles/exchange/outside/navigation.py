"""What a web page puts around an article: paths, menus, contents, invitations to share, pointers to other articles."""

import re
from collections.abc import Sequence

from articles.exchange.findings import Outside
from articles.exchange.labels import one_of, pattern
from articles.exchange.lines import Line
from articles.exchange.passage import Passage, key_of

ORDER = 30

LONGEST_LINE = 160
MOST_ENTRIES = 60
MOST_WORDS_OF_SHELF = 4
"""A line above the body that is nothing but a link of few words says where the article stands."""
FEWEST_SECTIONS = 2
"""A list whose entries stand as headings below names the contents, if there are so many of them."""

READING_TIME = pattern(
    r"(?:follow)?(?:(?:estimated )?read(?:ing)? time:? )?(?:about )?"
    r"\d{1,3}(?:[–-]\d{1,3})?[ -]?min(?:ute)?s?\.?(?: (?:to )?read)?"
)
PAGE_FURNITURE = pattern(
    "(?:skip|jump) to (?:the )?(?:main )?(?:content|article|recipe|navigation)",
    "(?:back|return|scroll) to (?:the )?top",
    "advertisement|ad|sponsored(?: content| post)?|(?:story continues|continue reading)(?: below)?(?: advertisement)?",
    r"share(?: this\b.*| (?:on|via) \S+(?: \S+)?| it)?",
    "facebook|twitter|x|pinterest|instagram|linkedin|whatsapp",
    "e-?mail|print|download|language|discussion|copy link|tweet|pin(?: it)?|save(?: for later)?",
    r"(?:subscribe|sign up|join)\b.*\bnewsletter\b.*|subscribe(?: now| for more)?|get our newsletter|newsletter",
    "(?:open |main )?menu|search|home|log ?in|sign (?:in|up)|register|close|toggle navigation|all articles",
    r"follow us\b.*|rate this (?:article|post|recipe)|leave a (?:comment|reply)",
    r"(?:was|did you find) this (?:(?:article|page|post|guide|information) )?helpful\b.*|yes\W{0,3} no",
    r"(?:expand|collapse)(?: (?:all|section))?|(?:medically|clinically) reviewed\.?",
    r"\d+ (?:comments?|shares?|views?)|comments?(?: ?\(\d+\))?|show (?:more|comments)|load more.*|view all.*",
    r"(?:©|\(c\)|copyright\b).*|all rights reserved\.?|privacy policy|terms of (?:use|service)|cookie settings",
    "(?:previous|next)(?: (?:article|post|story|page))?",
    "articles?|blog|posts?|features?|guides?|news|stories",
    r"an official website of\b.*|here['’]s how you know|official websites use\b.*|secure \S+ websites use\b.*",
    r"a \.gov website belongs to\b.*|a lock\b.*\bsafely connected\b.*",
    r"(?:.{1,40} )?(?:to|in) your inbox\.?",
    r"(?:sign up|subscribe)\b.{0,120}\b(?:e-?mails?|inbox|newsletters?|updates?|up to date)\b.*",
    "(?:book|request|make) (?:an appointment|now|online)|find a (?:doctor|provider)|contact us|get in touch",
    r"(?:#[\w/-]+(?:,? |$))+",
    r".{0,120}\badvertising on our site helps support our mission\b.*",
    r"(?:learn|read|find out) (?:more )?(?:about )?(?:our|how we)\b.{0,60}\b(?:editorial|content|fact)\b.*",
    r"(?:all |our )?(?:articles?|content) (?:is|are) (?:reviewed|fact[ -]checked) by\b.*",
)
POINTER = re.compile(
    one_of(
        "read(?: (?:more|also|next|this))?|also read|see also|up next|keywords|don['’]t miss|must[ -]read|recommended",
        "related(?: (?:articles?|posts?|reading|stor(?:y|ies)))?",
        "(?:next|previous|prev)(?: up| article| post| story)?",
        "tags?|tagged|filed (?:under|in)|posted in|categor(?:y|ies)|topics?",
        r"more (?:from|on|in|about)\b[^:]{0,40}|you (?:may|might) also (?:like|enjoy)",
    )
    + r"\s?[:→»›]\s*\S.*",
    re.IGNORECASE,
)
ARROWED = pattern(
    r"[←⟵]\s*\S.*",
    r"[‹«<]\s*(?:prev|previous|back|older|newer)\b.*",
    r"\S.*[→⟶]",
    r"(?:next|newer|older|more|continue)\b.*[›»>]",
)
CONTENTS = pattern(
    "(?:table of )?contents",
    "in this (?:article|guide|post|story)",
    "on this page",
    "jump to(?: section)?",
    "what['’]?s inside",
    "quick (?:links|navigation)",
    "sections",
)
OTHER_ARTICLES = pattern(
    "(?:related|recommended|more|popular|recent|similar|latest|trending|further) (?:articles?|posts?|stories|guides)",
    "products (?:&|and) services|more information|external links|useful links",
    "related(?: reading| content| topics)?",
    "recommended(?: for you| reading)?",
    "more like this|see also|keep reading|up next|read (?:next|more)",
    "you (?:may|might) (?:also )?(?:like|enjoy)",
    r"more (?:from|on|in)\b.{1,40}",
    "trending(?: now)?|most (?:read|popular)",
)
LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
LINKED_PATH = re.compile(rf"{LINK.pattern}(?:\s?[/>›»→|]\s?{LINK.pattern}){{1,8}}(?:\s?[/>›»→|]\s?[^\[\]]{{1,80}})?")
PATH_SIGN = re.compile(r"\s+[>›»/→|]\s+|\s*[>›»]\s*")


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize one line of navigation, or a heading of it with the entries below."""
    line = passage.line
    if len(line.text) > LONGEST_LINE:
        return ()
    if CONTENTS.fullmatch(line.title) or OTHER_ARTICLES.fullmatch(line.title):
        entries = _entries(passage, repeating=bool(CONTENTS.fullmatch(line.title)))
        if entries:
            return tuple(_navigation(each) for each in (line, *entries))
    if _is_navigation(passage):
        return (_navigation(line),)
    return _contents(passage)


def _contents(passage: Passage) -> tuple[Outside, ...]:
    """Recognize a list above the body that names the sections of the article without saying so, or is a menu."""
    entries = passage.list_here() if passage.in_front else []
    repeating = sum(key_of(entry.lines[0]) in passage.repeated for entry in entries)
    names_sections = repeating >= FEWEST_SECTIONS and 2 * repeating >= len(entries)
    if not names_sections and not (entries and all(_is_of_menu(entry.item.text) for entry in entries)):
        return ()
    return tuple(_navigation(line) for entry in entries for line in entry.lines)


def _is_of_menu(text: str) -> bool:
    """Whether the `text` of an item is nothing but a link, or a phrase that sites set around articles."""
    return bool(LINK.fullmatch(text)) or is_beside_the_article(text)


def is_beside_the_article(text: str) -> bool:
    """Whether `text` is a phrase that sites set around articles ("6 min read", "Share", "12 comments")."""
    reading_time = READING_TIME.fullmatch(text) and "read" in text.casefold()
    return bool(reading_time or PAGE_FURNITURE.fullmatch(text))


def _is_navigation(passage: Passage) -> bool:
    text = LINK.sub(r"\1", passage.line.title)
    if passage.line.item:
        return False
    shelf = passage.in_front and LINK.fullmatch(passage.line.text) and len(text.split()) <= MOST_WORDS_OF_SHELF
    return bool(
        shelf
        or is_beside_the_article(text)
        or POINTER.fullmatch(text)
        or (ARROWED.fullmatch(passage.line.text) and not passage.line.ends_sentence)
        or _is_path(passage)
    )


def _is_path(passage: Passage) -> bool:
    """Whether the line is the path to the article's place in a site: "Home > Health > Spine"."""
    if passage.in_front and LINKED_PATH.fullmatch(passage.line.text):
        return True
    steps = PATH_SIGN.split(passage.line.text)
    if len(steps) < 2 or any(len(step.split()) > 6 for step in steps) or not all(steps):
        return False
    from_home = steps[0].casefold() in ("home", "start", "homepage")
    if passage.line.ends_sentence or passage.line.text.endswith((",", ";", ":")):
        return False
    return from_home or (passage.in_front and len(steps) > 2 and "|" not in passage.line.text)


def _entries(passage: Passage, *, repeating: bool) -> Sequence[Line]:
    """Return the lines below a heading that name other articles or, if `repeating`, sections of this one.

    The list directly below belongs to the heading; other lines do as long as they repeat a heading of this article
    or, below "Related articles", are none themselves.
    """
    entries: list[Line] = []
    here = passage.following
    as_list = bool(here and here.line.item)
    while here and len(entries) < MOST_ENTRIES:
        repeats = key_of(here.line) in passage.repeated and not here.line.is_prose and not _is_second(here, passage)
        if not (repeats if repeating and not as_list else _names_article(here, as_list=as_list)):
            break
        entries.append(here.line)
        here = here.following
    return entries


def _is_second(here: Passage, heading: Passage) -> bool:
    """Whether the entry stands among the entries before it already, so that it is the section itself."""
    first = heading.position + 1
    return any(key_of(line) == key_of(here.line) for line in heading.lines[first : here.position])


def _names_article(passage: Passage, *, as_list: bool) -> bool:
    line = passage.line
    if as_list or line.item:
        return line.item is not None
    heads_prose = passage.following is not None and passage.following.line.is_prose
    return line.like_a_heading and not heads_prose


def _navigation(line: Line) -> Outside:
    return Outside(kind="navigation", first=line.number, last=line.number, text=line.text)
