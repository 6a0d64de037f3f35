"""What a reader may send."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prose.words import words

MAX_NAME = 80
MAX_TEXT = 5000
BLANK_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"))
"""Hangul fillers: letters to Unicode, and nothing to see."""

DIRECTION_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""The explicit formatting characters of the Unicode bidirectional algorithm (UAX #9)."""

STARS = ("1", "2", "3", "4", "5")


def read_stars(value: str) -> int | None:
    """Return the stars that `value` names: exactly "1" to "5", nothing that merely means the same; else None."""
    return int(value) if value in STARS else None


def refuse_direction_marks(value: str) -> None:
    """Raise ValidationError for marks that turn the order of letters around: with them a name can pose as another."""
    if any(unicodedata.bidirectional(character) in DIRECTION_MARKS for character in value):
        raise ValidationError(
            _("This name holds invisible marks that change its reading direction. Please type it anew.")
        )


def refuse_control_characters(value: str) -> None:
    """Raise ValidationError for characters that no keyboard types and no page shows."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in value):
        raise ValidationError(_("This text holds invisible control characters. Please remove them and send it again."))


class CommentForm(forms.Form):
    """A comment. Who has no account, or no name and address in it, gives both; the address is never published."""

    name = forms.CharField(label=_("Name"), max_length=MAX_NAME, required=False)
    email = forms.EmailField(label=_("E-mail address (never published)"), max_length=254, required=False)
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 5}),
        # As written: an indent may mean something.
        strip=False,
        required=False,
    )
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: User | None, **kwargs: Any) -> None:
        self.account_name = account.get_full_name()[:MAX_NAME] if account else ""
        self.account_email = account.email if account else ""
        super().__init__(*args, **kwargs)
        for name, autocomplete in (("name", "name"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = autocomplete

    def clean_name(self) -> str:
        """Return the name: the account's, or one that has a letter or a digit that can be read."""
        name: str = self.account_name or self.cleaned_data["name"]
        refuse_control_characters(name)
        refuse_direction_marks(name)
        if not words(name.translate(BLANK_LETTERS)):
            raise ValidationError(_("Please give a name, so that others can answer you. It need not be your own."))
        return name

    def clean_email(self) -> str:
        """Return the address: the account's, or the one that was given."""
        email: str = self.account_email or self.cleaned_data["email"]
        if not email:
            raise ValidationError(_("Please give an e-mail address. It is never published."))
        return email

    def clean_text(self) -> str:
        """Return the text with plain line ends (browsers send carriage returns), at most `MAX_TEXT` characters."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        refuse_control_characters(text)
        if not text.strip():
            raise ValidationError(_("Please write something before you send it."))
        if len(text) > MAX_TEXT:
            raise ValidationError(
                _("Your comment has %(length)s characters; %(limit)s are allowed. Please shorten it."),
                params={"length": f"{len(text):,}", "limit": f"{MAX_TEXT:,}"},
            )
        return text
