"""What a reader may send."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prose.words import words

MAX_NAME = 80
MAX_TEXT = 5000
BLANK_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"))
"""Hangul fillers: letters to Unicode, and nothing to see."""

STARS = ("1", "2", "3", "4", "5")


def read_stars(value: str) -> int | None:
    """Return the stars that `value` names: exactly "1" to "5", nothing that merely means the same; else None."""
    return int(value) if value in STARS else None


def refuse_control_characters(value: str) -> None:
    """Raise ValidationError for characters that no keyboard types and no page shows."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in value):
        raise ValidationError(_("This text holds invisible control characters. Please remove them and send it again."))


class CommentForm(forms.Form):
    """A comment. Guests give a name and an e-mail address, which is never shown; a signed-in reader has both."""

    name = forms.CharField(label=_("Name"), max_length=MAX_NAME, required=False)
    email = forms.EmailField(label=_("E-mail address (never shown)"), max_length=254, required=False)
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write something before you send it.")},
    )
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, guest: bool, **kwargs: Any) -> None:
        self.guest = guest
        super().__init__(*args, **kwargs)
        for name, autocomplete in (("name", "name"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = autocomplete

    def clean_name(self) -> str:
        """Return the name; a guest's must have a letter or a digit that can be read."""
        name: str = self.cleaned_data["name"]
        refuse_control_characters(name)
        if self.guest and not words(name.translate(BLANK_LETTERS)):
            raise ValidationError(_("Please give a name, so that others can answer you. It need not be your own."))
        return name

    def clean_email(self) -> str:
        """Return the address; a guest must give one."""
        email: str = self.cleaned_data["email"]
        if self.guest and not email:
            raise ValidationError(_("Please give an e-mail address. It is never shown."))
        return email

    def clean_text(self) -> str:
        """Return the text with plain line ends (browsers send carriage returns), at most `MAX_TEXT` characters."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        refuse_control_characters(text)
        if len(text) > MAX_TEXT:
            raise ValidationError(
                _("Your comment has %(length)s characters; %(limit)s are allowed. Please shorten it."),
                params={"length": f"{len(text):,}", "limit": f"{MAX_TEXT:,}"},
            )
        return text
