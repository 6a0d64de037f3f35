"""Words by which an article shows that somebody may act on it with their health. English."""

from __future__ import annotations

from functools import lru_cache

from prose.phrases import any_of

NAMES = {
    "allergy": r"allerg(?:y|ies|ic|en|ens)",
    "antibiotic": r"antibiotics?",
    "arthritis": r"(?:osteo)?arthriti[sc]",
    "asthma": r"asthma(?:tic)?",
    "bleeding": r"bleeding|h(?:a)?emorrhag\w+",
    "blood pressure": r"blood pressure|hypertension",
    "blood sugar": r"blood (?:sugar|glucose)|insulin",
    "cancer": r"cancers?|cancerous|tumou?rs?|chemotherapy|malignan\w+",
    "chest pain": r"chest pains?|heart attacks?|cardiac arrest",
    "chronic": r"chronic(?:ally)?",
    "concussion": r"concussions?|unconscious(?:ness)?|faint(?:ed|ing)",
    "depression": r"clinical depression|antidepressants?|suicid\w+|self-harm",
    "diabetes": r"(?:pre)?diabet(?:es|ic|ics)",
    "diagnosis": r"(?:mis)?diagnos(?:is|es|e|ed|ing|tic)",
    "disease": r"diseases?",
    "disorder": r"(?:eating|sleep|anxiety|mood|bleeding|joint|mental|personality|panic) disorders?",
    "dose": r"(?:over)?dos(?:e|es|age|ages|ing)",
    "fever": r"fevers?|feverish",
    "fracture": r"(?:bone|hip|stress|hairline|rib|skull|spinal) fractures?|broken bones?",
    "infection": r"infect(?:ion|ions|ed|ious)",
    "inflammation": r"inflam(?:mation|ed|matory)",
    "injury": r"injur(?:y|ies|ed)",
    "medication": r"medications?|prescription (?:drugs?|medicines?)|medicines?|over-the-counter",
    "migraine": r"migraines?",
    "miscarriage": r"miscarriages?|stillbirths?",
    "nausea": r"nause(?:a|ous)|vomit(?:s|ed|ing)?|diarrh(?:o)?ea",
    "numbness": r"numbness|tingling|paralys\w+",
    "pain": r"pains?|painful|painkillers?|sciatica",
    "painkiller": r"ibuprofen|paracetamol|acetaminophen|aspirin|naproxen|opioids?",
    "pregnancy": r"pregnan(?:cy|cies|t)|breast-?feed(?:ing)?",
    "prescription": r"prescrib(?:e|es|ed|ing)",
    "rash": r"rash(?:es)?|hives|eczema|psoriasis",
    "seizure": r"seizures?|epilep(?:sy|tic)",
    "side effect": r"side[ -]effects? of (?:the |this )?(?:drugs?|treatments?)|contraindicat\w+",
    "surgery": r"surger(?:y|ies)|surgical|surgeons?",
    "symptom": r"symptoms?|symptomatic",
    "syndrome": r"syndromes?",
    "therapy": r"physiotherap\w+|physical therap\w+|psychotherap\w+|(?:radiation|drug|hormone|gene) therapy",
    "treatment": r"(?:medical|dental|emergency|cancer|drug|hospital) treatments?|treatment (?:options?|plans?)",
    "vaccine": r"vaccin(?:e|es|ation|ations|ated)|immuni[sz]ations?",
}
PATTERNS = {name: any_of(phrases) for name, phrases in NAMES.items()}

EVERYDAY = any_of(
    r"pains? (?:to|au)|(?:take|took|taking|taken|takes) pains|pain in the (?:neck|ass|butt)|pain points?",
    r"(?:gold|spring|cabin) fever|fever (?:pitch|dream)",
    r"rash (?:decision|move)s?|insult to injury|injury time|plant diseases?",
    r"dose of (?:reality|humou?r|luck|fun|sunshine)",
)
"""The same words when they mean something else."""

ENOUGH = 3
"""A text with so many different ones is about health. Fewer stand in any cookbook."""


@lru_cache(maxsize=4)  # more than one rule asks for the same text
def medical_words(text: str) -> tuple[str, ...]:
    """Return the names of the medical words that `text` uses, each once, in the order in which they come."""
    plain = EVERYDAY.sub(" ", text)
    found = {name: match.start() for name, pattern in PATTERNS.items() if (match := pattern.search(plain))}
    return tuple(sorted(found, key=found.__getitem__))
