"""What a reader may send."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.blocks.base import OutlineEntry
from ratings.models import Kind, Report
from ratings.wording import MAX_NAME, MAX_TEXT, poses_as_one_of, readable_name, readable_text

MAX_NOTE = 500
MAX_ERROR = 2000

STARS = ("1", "2", "3", "4", "5")


def read_stars(data: QueryDict) -> int | None:
    """Return the stars that a form names: exactly one value, exactly "1" to "5"; else None."""
    values = data.getlist("stars")
    return int(values[0]) if len(values) == 1 and values[0] in STARS else None


class CommentForm(forms.Form):
    """A comment. Who has no account, or no name and address in it, gives both; the address is never published."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, required=False, widget=forms.RadioSelect)
    stars = forms.ChoiceField(
        label=_("Your stars, for a review"),
        choices=[("", _("as I rated")), *((stars, stars) for stars in STARS)],
        required=False,
    )
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 5}),
        # As written: an indent may mean something.
        strip=False,
        required=False,
    )
    name = forms.CharField(label=_("Name"), required=False, strip=False)
    email = forms.EmailField(label=_("E-mail address (never published)"), max_length=254, required=False)
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: User | None, taken_names: list[str] | None = None, **kwargs: Any) -> None:
        self.account_name = account.get_full_name()[:MAX_NAME] if account else ""
        self.account_email = account.email if account else ""
        self.taken_names = taken_names or []
        super().__init__(*args, **kwargs)
        for name, autocomplete in (("name", "name"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = autocomplete

    def clean_kind(self) -> Kind:
        """Return the kind; what is not said is a comment."""
        return Kind(self.cleaned_data["kind"] or Kind.COMMENT)

    def clean_name(self) -> str:
        """Return the name: the account's, or one that can be read and poses as nobody who writes or works here."""
        if self.account_name:
            return self.account_name
        name = readable_name(self.cleaned_data["name"], limit=MAX_NAME)
        if poses_as_one_of(name, self.taken_names):
            raise ValidationError(_("This looks like the name of somebody who works here. Please choose another name."))
        return name

    def clean_email(self) -> str:
        """Return the address: the account's, or the one that was given."""
        email: str = self.account_email or self.cleaned_data["email"]
        if not email:
            raise ValidationError(_("Please give an e-mail address. It is never published."))
        return email

    def clean_text(self) -> str:
        """Return the text as written, with plain line ends (browsers send carriage returns)."""
        return readable_text(self.cleaned_data["text"], limit=MAX_TEXT)

    def clean(self) -> dict[str, Any]:
        """Make a reply a comment: whoever answers has chosen by answering."""
        if self.cleaned_data.get("parent"):
            self.cleaned_data["kind"] = Kind.COMMENT
        return self.cleaned_data


class EditForm(forms.Form):
    """New words for one's own comment, in place of the version that the reader saw."""

    text = CommentForm.base_fields["text"]
    version = forms.IntegerField(widget=forms.HiddenInput)

    clean_text = CommentForm.clean_text


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is wrong with the comment.")},
    )
    note = forms.CharField(
        label=_("Anything the moderators should know (not needed)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=False,
        required=False,
    )

    def clean_note(self) -> str:
        """Return the note as written."""
        note: str = self.cleaned_data["note"]
        return readable_text(note, limit=MAX_NOTE) if note.strip() else ""


class ErrorForm(forms.Form):
    """What is wrong in an article, and in which of its parts."""

    part = forms.ChoiceField(
        label=_("Where is the error?"),
        required=False,
        error_messages={"invalid_choice": _("This part is no longer in the article. Please choose another one.")},
    )
    text = forms.CharField(
        label=_("What is wrong?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        strip=False,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail address (not needed; used only to answer you)"), max_length=254, required=False
    )

    def __init__(self, *args: Any, outline: list[OutlineEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [("", _("The article as a whole")), *((entry.anchor, entry.text) for entry in outline)]
        cast(forms.ChoiceField, self.fields["part"]).choices = parts
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_text(self) -> str:
        """Return the text as written."""
        return readable_text(self.cleaned_data["text"], limit=MAX_ERROR)
