"""The form of a source, in the library and beside a text that is being written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from articles.citations.identifiers import Kind, NotAnIdentifier, identify_all, words_for
from articles.models.source import Source

KINDS: tuple[Kind, ...] = ("doi", "pmid", "isbn", "url")
LONGEST_INPUT = 2000


class SourceForm(WagtailAdminModelForm):
    """A source, named in one field by whatever names it. The same one twice is refused."""

    identifiers = forms.CharField(
        label=gettext_lazy("DOI, PMID, ISBN or web address"),
        help_text=gettext_lazy(
            "As you found it, for example “https://doi.org/10.1000/182”, “PMID: 9588755” or “ISBN 978-0-306-40615-7”. "
            "If there are several, one a line."
        ),
        required=False,
        max_length=LONGEST_INPUT,
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "off", "spellcheck": "false"}),
    )

    field_order = ["identifiers"]

    class Meta:
        model = Source
        fields = ["title", "authors", "publication", "year", "tier", "accessed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = (getattr(self.instance, kind) for kind in KINDS)
        self.initial["identifiers"] = "\n".join(value for value in named if value)

    def clean_identifiers(self) -> dict[Kind, str]:
        """Return what was typed by its kind; refuses what names nothing, and what is in the library already."""
        try:
            found = identify_all(self.cleaned_data["identifiers"])
        except NotAnIdentifier as error:
            raise ValidationError(str(error), code="invalid") from error
        for kind, value in found.items():
            self._require_new(Source.objects.filter(**{kind: value}), words_for(kind))
        return found

    def clean(self) -> dict[str, Any]:
        """Put the identifiers where they belong; without any, the title and the year tell whether it is new."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        found = cleaned.get("identifiers")
        if found is not None:
            for kind in KINDS:
                setattr(self.instance, kind, found.get(kind, ""))
        if found == {} and cleaned.get("title"):
            unnamed = Source.objects.filter(**dict.fromkeys(KINDS, ""))
            same = unnamed.filter(title__iexact=cleaned["title"], year=cleaned.get("year"))
            self._require_new(same, _("title and year"))
        return cleaned

    def _require_new(self, same: QuerySet[Source], by: str) -> None:
        other = same.exclude(pk=self.instance.pk).first()
        if other:
            address = reverse(other.snippet_viewset.get_url_name("edit"), args=[other.pk])  # type: ignore[attr-defined]  # by Wagtail
            sentence = _("This source is in the library already, with the same %(by)s:") % {"by": by}
            raise ValidationError(
                format_html('{} <a href="{}" target="_blank">{}</a>', sentence, address, other.title), code="unique"
            )
