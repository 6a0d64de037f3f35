"""Words that promise more than anybody can keep: cures, guarantees, miracles, what is always safe. English."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity, excerpts_of
from prose.phrases import any_of
from prose.quotations import without_quotations
from prose.readability import sentences

LABEL = gettext_lazy("Absolute words")
SEVERITY = Severity.WARNING

PROMISE = any_of(
    "cur(?:e|es|ed|ing)|cure-all|panacea",
    "miracles?|miraculous(?:ly)?",
    "guarantee(?:s|d)?",
    r"(?:always|completely|totally|perfectly|entirely|absolutely|100\s?%) (?:safe|harmless|effective|reliable)",
    "safe for (?:everyone|everybody|anyone|all ages)",
    r"100\s?% (?:natural|proven|guaranteed)",
    "(?:no|zero|without|free of|free from) (?:any |known )?side[ -]effects?",
    "risk-free|zero risk|no risks? (?:at all|whatsoever)",
    "never fails?|always works?|works (?:every time|for everyone|for everybody)",
    "(?:eliminates|removes|heals|fixes|treats|prevents) (?:all|any|every) "
    "(?:pain|diseases?|symptoms?|illness(?:es)?|infections?|cancers?|ailments?|conditions?)",
    "(?:instant|permanent) (?:relief|results|healing)",
)

HARDENING = "concrete|cement|resin|epoxy|paint|glue|caulk|grout|sealant|adhesive|varnish|polish|gel"
FOOD = "meats?|ham|bacon|pork|beef|salmon|fish|sausages?|olives?|egg yolks?"

OTHER_CURES = any_of(
    f"(?:cure[ds]?|curing) (?:time|temperature|agent|salts?|{HARDENING}|{FOOD})",
    rf"(?:{HARDENING}|{FOOD})\b[^.;:]{{0,40}}\bcur(?:e|es|ed|ing)",
    "(?:dry|salt|air|smoke|uv|sun)-cur(?:e|ed|ing)",
    "money-back guarantees?|guaranteed (?:minimum|income|interest|rate|delivery)",
)
"""Ham, concrete, and what a shop promises."""

DOUBT = any_of(
    r"no|not|\w+n['’]t|never|nothing|nobody|none|neither|nor|cannot|without|hardly|rarely|seldom|few|false|untrue|myths?",
    "may|might|could|perhaps|possibly|if|whether|unless",
    "claim(?:s|ed|ing)?|promis(?:e|es|ed)|advertised|supposed(?:ly)?|alleged(?:ly)?|so-called|believed?",
    "search(?:ing)?|look(?:ing)?|hop(?:e|es|ing)|wish|beware|avoid|s[kc]eptical|wary",
)
"""Words before a promise by which a sentence does not make it."""

CLAUSE = re.compile(r"[;:]|, (?:and|so|it|this|which)\b|\bbut\b", re.IGNORECASE)
"""Where another clause begins."""

LOOK_BACK, REACH = 200, 8
"""So many characters, and of these so many words, before a promise are looked at for doubt."""


def find(draft: Draft) -> Iterator[Found]:
    """Yield every promise, as its sentence; where a block makes many, one finding for all of them."""
    for part in draft.parts:
        promises = {text: promise for text in sentences(part.own_words) if (promise := promise_in(text))}
        for excerpt in excerpts_of(promises):
            told = ", ".join(dict.fromkeys(promises[text] for text in excerpt.split("\n")))
            message = _("“%(words)s” promises more than anybody can know. Say what is known, and how surely.")
            yield Found(message=message % {"words": told}, block=part.id, excerpt=excerpt)


def promise_in(sentence: str) -> str:
    """Return the words by which `sentence` promises too much, or nothing. A question promises nothing."""
    if sentence.rstrip("\"'”’»)").endswith("?"):
        return ""
    plain = OTHER_CURES.sub(" ", without_quotations(sentence))
    for promise in PROMISE.finditer(plain):
        if not _is_doubted(plain[max(0, promise.start() - LOOK_BACK) : promise.start()]):
            return promise.group().strip(" -")
    return ""


def _is_doubted(before: str) -> bool:
    """Whether the clause `before` a promise takes it back, as in “there is no cure” or “this isn’t a cure”."""
    clause = CLAUSE.split(before)[-1]
    return bool(DOUBT.search(" ".join(clause.split()[-REACH:])))
