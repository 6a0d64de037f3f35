"""What the learned spam model knows, how often it was right, and what it thinks of a text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ratings.desk.door import for_moderators
from ratings.models import SpamModel
from ratings.moderation.learning import outcomes
from ratings.moderation.spam.features import View
from ratings.moderation.spam.measures import FEWEST_OUTCOMES, MOST_OUTCOMES, PRECISION, lower_bound, may_act
from ratings.moderation.spam.model import Model, Reason, WrongWeights
from ratings.wording import MAX_TEXT

MOST_WORDS = 25


class TryForm(forms.Form):
    """A text to try the model on. Nothing is stored."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=4 * MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


@dataclass(frozen=True, kw_only=True)
class Record:
    """How often moderators agreed with the verdict "spam", of the latest verdicts that they saw."""

    seen: int
    right: int

    @property
    def is_proven(self) -> bool:
        """Whether that is often enough to act alone."""
        return may_act([True] * self.right + [False] * (self.seen - self.right))

    @property
    def at_least(self) -> float:
        """Of a hundred verdicts so many are right, at least: the exact one-sided 95 % bound."""
        return 100 * lower_bound(self.right, self.seen)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def learned(request: HttpRequest) -> HttpResponse:
    """Show the newest model, its record, and its strongest words; a POST tries it on a text and stores nothing."""
    stored = SpamModel.objects.order_by("-pk").first()
    model = _readable(stored)
    form = TryForm(request.POST if request.method == "POST" else None)
    verdicts = outcomes()
    title = _("What the spam filter has learned")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "cogs",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("reader_comments"), "label": _("Reader comments")},
            {"url": "", "label": title},
        ],
        "stored": stored,
        "is_readable": model is not None,
        "record": Record(seen=len(verdicts), right=sum(verdicts)),
        "fewest": FEWEST_OUTCOMES,
        "most": MOST_OUTCOMES,
        "precision": round(100 * PRECISION),
        "is_allowed": settings.SPAM_MODEL_MAY_ACT,
        "form": form,
    }
    if model is not None:
        context |= {"threshold": model.threshold and 100 * model.threshold}
        context |= {"spam_words": _strongest(model, 1), "calm_words": _strongest(model, -1)}
        if form.is_bound and form.is_valid():
            context |= _opinion(model, form.cleaned_data["text"])
    return render(request, "ratings/desk/learned.html", context)


def _readable(stored: SpamModel | None) -> Model | None:
    try:
        return Model.from_json(stored.weights) if stored else None
    except WrongWeights:
        return None


def _strongest(model: Model, sign: int) -> list[str]:
    """Return the single words that speak most for spam (`sign` 1) or against it (-1)."""
    words = ((sign * weight, word) for word, weight in model.weights[View.WORDS].items() if " " not in word)
    return [word for _weight, word in islice(sorted(words, key=itemgetter(0), reverse=True), MOST_WORDS)]


def _opinion(model: Model, text: str) -> dict[str, object]:
    reasons: list[Reason] = model.explain(text)
    return {
        "score": 100 * model.score(text),
        "is_spam": model.is_spam(text),
        "for_spam": [reason.words for reason in reasons if reason.weight > 0],
        "against": [reason.words for reason in reasons if reason.weight < 0],
    }
