"""The forms of an import: what is pasted or uploaded, and what is said of an article beside its text."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.exchange.formats import formats
from articles.exchange.source import MAX_BYTES
from articles.models import TopicPage
from authors.models import AuthorPage

MOST_FORMATTED = 1_500_000
"""So many characters of formatted text are taken beside the plain one; the script sends no more."""
LONGEST_NAME = 80


class NewArticleForm(forms.Form):
    """A text that is pasted, with or without its formatting, or a file, and what is known beside it."""

    text = forms.CharField(
        label=gettext_lazy("Paste a text"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "data-paste": ""}),
        help_text=gettext_lazy(
            "The title first. From Google Docs, Word or a web page: headings, lists, tables and links come along."
        ),
    )
    formatted = forms.CharField(
        required=False,
        strip=False,
        max_length=MOST_FORMATTED,
        widget=forms.HiddenInput(attrs={"data-formatted": ""}),
    )
    file = forms.FileField(label=gettext_lazy("Or upload a file"), required=False, allow_empty_file=True)
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    author = forms.CharField(
        label=gettext_lazy("Author"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Where the text itself names none."),
        widget=forms.TextInput(attrs={"list": "import-authors", "autocomplete": "off"}),
    )
    topic = forms.ModelChoiceField(
        TopicPage.objects.none(),
        label=gettext_lazy("Topic"),
        required=False,
        empty_label=gettext_lazy("None, or what the file says"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("auto", _("Found out by itself")), *((name, _(each.LABEL)) for name, each in formats().items())]
        self.fields["format"].choices = choices  # type: ignore[attr-defined]  # the field is a choice
        self.fields["topic"].queryset = topics()  # type: ignore[attr-defined]  # the field is a choice of pages
        self.fields["file"].help_text = _("At most %(size)s: %(formats)s.") % {
            "size": filesizeformat(settings.IMPORT_MAX_BYTES),
            "formats": ", ".join(_(each.LABEL) for each in formats().values()),
        }

    def clean_file(self) -> Any:
        """Refuse a file that is too large or holds nothing, in words."""
        file = self.cleaned_data["file"]
        if file and file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(
                _("“%(name)s” is %(size)s large; at most %(most)s can be imported here.")
                % {
                    "name": file.name,
                    "size": filesizeformat(file.size),
                    "most": filesizeformat(settings.IMPORT_MAX_BYTES),
                }
            )
        if file and not file.size:
            raise forms.ValidationError(_("“%(name)s” is empty.") % {"name": file.name})
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of both, text or file."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_text = bool(cleaned.get("text", "").strip())
        if not self.errors and has_text == bool(cleaned.get("file")):
            raise forms.ValidationError(
                _("There is a text and a file: please send one of both.")
                if has_text
                else _("Paste a text, or choose a file.")
            )
        return cleaned

    def sent(self) -> tuple[str, File[Any], str]:
        """Return what was sent: what it is called, its bytes, and the name of its format or "auto"."""
        chosen = self.cleaned_data["format"] or "auto"
        if file := self.cleaned_data["file"]:
            return file.name, file, chosen
        text, formatted = self.cleaned_data["text"], self.cleaned_data["formatted"]
        name = next((line.strip("#* ") for line in text.splitlines() if line.strip("#* ")), "")[:LONGEST_NAME]
        if formatted.strip() and "html" in formats() and chosen in ("auto", "html"):
            return name, ContentFile(formatted.encode()), "html"
        return name, ContentFile(text.encode()), "text" if chosen == "auto" else chosen

    def options(self) -> dict[str, Any]:
        """Return what is said beside the text, and whether it is a file that may be sent again."""
        topic = self.cleaned_data["topic"]
        return {
            "author": self.cleaned_data["author"],
            "topic": topic.title if topic else "",
            "is_file": bool(self.cleaned_data["file"]),
        }


class DetailsForm(forms.Form):
    """Title, author and topic of one item."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    author = forms.CharField(
        label=gettext_lazy("Author"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "import-authors", "autocomplete": "off"}),
    )
    topic = forms.CharField(
        label=gettext_lazy("Topic"), required=False, max_length=255, widget=forms.Select(), empty_value=""
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.initial.get("topic", "")
        known = list(topics().values_list("title", flat=True))
        names = dict.fromkeys([*([current] if current else []), *known])
        self.offered = ["", *names]
        select = cast(forms.Select, self.fields["topic"].widget)
        select.choices = [(name, name or _("None")) for name in self.offered]

    def clean_topic(self) -> str:
        """Refuse a topic that is not offered."""
        topic: str = self.cleaned_data["topic"]
        if topic not in self.offered:
            raise forms.ValidationError(_("Choose one of the topics."))
        return topic


def topics() -> Any:
    """Return the topics below the topmost one, by their names."""
    return TopicPage.objects.filter(live=True, depth__gt=3).order_by("title")


def author_names() -> list[str]:
    """Return the names of authors, to be offered while one is typed."""
    return list(AuthorPage.objects.order_by("title").values_list("title", flat=True)[:500])
