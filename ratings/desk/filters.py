"""What the address of a list may ask for, read strictly."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratings.models import Badge, Kind, State
from ratings.wording import UNSHOWABLE

ANY = "any"
"""Asks for comments in whatever state."""

CARD = "card"
"""Asks for one comment at a time."""

LARGEST_PAGE, LARGEST_KEY = 2**31 - 1, 2**63 - 1
"""What the columns hold: keys of pages, and those of our own tables."""

EARLIEST, LATEST = date(1990, 1, 1), date(2999, 12, 31)


class Sort(models.TextChoices):
    """Which comment comes first."""

    OLDEST = "oldest", _("Oldest first")
    NEWEST = "newest", _("Newest first")
    POINTS = "points", _("Most points first")
    SPAM = "spam", _("Most likely spam first")
    REPORTS = "reports", _("Most reports first")
    REPORTED = "reported", _("Latest report first")


def _showable(text: str) -> None:
    """Refuse what no keyboard types, and what neither a database nor an address can hold."""
    if UNSHOWABLE.search(text):
        raise ValidationError(_("This holds invisible control characters."))


def _text(label: Any, length: int, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, validators=[_showable], widget=forms.TextInput(attrs=attrs)
    )


def _pattern(label: Any, pattern: str, message: Any, **attrs: Any) -> forms.RegexField:
    return forms.RegexField(
        pattern,
        label=label,
        required=False,
        strip=True,
        validators=[_showable],
        error_messages={"invalid": message},
        widget=forms.TextInput(attrs=attrs),
    )


def _number(label: Any, largest: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=largest, required=False)


def _key(label: Any, largest: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=largest, required=False, widget=forms.HiddenInput, localize=False
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _choice(label: Any, choices: list[tuple[str, Any]], **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        required=False,
        error_messages={"invalid_choice": _("There is no such choice.")},
        **options,
    )


class FilterForm(forms.Form):
    """The filters of the list. What is hidden is asked for by links: of a card, or of a topic."""

    q = _text(_("Words, or “quoted phrases”"), 300, type="search")
    state = _choice(_("State"), [(ANY, _("Any state")), *State.choices])
    sort = _choice(_("Order"), [("", _("As usual")), *Sort.choices], coerce=Sort)
    rule = _pattern(
        _("Rule that struck"), r"\A[a-z0-9_-]{1,40}\Z", _("Rules have names such as “links”."), autocapitalize="none"
    )
    points = _number(_("Points, at least"), 32_767)
    score = _number(_("Spam score in percent, at least"), 100)
    older = _number(_("Older than so many hours"), 87_600)
    after = _day(_("Written on this day or later"))
    before = _day(_("Written before this day"))
    name = _text(_("Name of its author"), 80)
    network = _pattern(
        _("Network"), r"\A[0-9a-f]{6,32}\Z", _("A network is told by 6 to 32 of the digits 0–9 and a–f.")
    )
    domain = _pattern(_("Links to"), r"\A[^\s/:@]{1,253}\Z", _("A domain looks like “example.org”."))
    kind = _choice(_("Kind"), [("", _("Any kind")), *Kind.choices], coerce=Kind, empty_value=None)
    badge = _choice(
        _("Badge"),
        [("", _("With or without")), *((badge.value, badge.label) for badge in Badge if badge.value)],
        coerce=Badge,
        empty_value=None,
    )
    moderator = _text(_("Decided by (user name)"), 150, autocapitalize="none")
    reported = forms.BooleanField(label=_("With open reports"), required=False)
    sanctioned = forms.BooleanField(label=_("By readers under a sanction"), required=False)
    article = _key(_("Article"), LARGEST_PAGE)
    topic = _key(_("Topic"), LARGEST_PAGE)
    reader = _key(_("Author"), LARGEST_KEY)
    reporter = _key(_("Reported by"), LARGEST_KEY)
    view = _choice(_("View"), [("", _("List")), (CARD, _("One by one"))], widget=forms.HiddenInput)

    def clean_domain(self) -> str:
        """Return the domain as it is stored."""
        return str(self.cleaned_data["domain"]).lower()

    def faults(self) -> list[str]:
        """Return what could not be read, in sentences."""
        return [f"{self.fields[name].label}: {error}" for name, errors in self.errors.items() for error in errors]
