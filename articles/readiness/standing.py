"""How an article stands before it is published: what is found, where that is, and what an editor answered to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import ArticlePage, Waiver
from articles.readiness.finding import Finding

REASON = "waive-"
"""Before `Finding.about`: the name of the field in which an editor says why a warning is fine."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A finding in a list for editors.

    `place` names where it is and `anchor` is the id of that in the editor, both empty for the article as a whole.
    `reason` is what an editor has typed and nobody has kept yet; `waiver` is what is kept.
    """

    finding: Finding
    place: str = ""
    anchor: str = ""
    reason: str = ""
    waiver: Waiver | None = None

    @property
    def field_name(self) -> str:
        """The name of the field for the reason."""
        return REASON + self.finding.about


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that is found of an article: errors, warnings that nobody answered, and warnings that somebody did."""

    errors: tuple[Item, ...] = ()
    warnings: tuple[Item, ...] = ()
    waived: tuple[Item, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing is in the way."""
        return not (self.errors or self.warnings)

    @property
    def summary(self) -> str:
        """The counts in words."""
        counts = []
        if self.errors:
            counts.append(
                ngettext("%(count)d error", "%(count)d errors", len(self.errors)) % {"count": len(self.errors)}
            )
        if self.warnings:
            number = len(self.warnings)
            counts.append(ngettext("%(count)d warning", "%(count)d warnings", number) % {"count": number})
        return ", ".join(counts) or _("Nothing is in the way.")


def reasons_in(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that a form posted, by what they are about; empty fields say nothing."""
    fields = (
        (name.removeprefix(REASON), str(text).strip()) for name, text in posted.items() if name.startswith(REASON)
    )
    return {about: reason for about, reason in fields if about and reason}


def standing(article: ArticlePage, findings: Iterable[Finding], typed: Mapping[str, str] | None = None) -> Standing:
    """Return how `article` stands, of which `findings` were found; `typed` are reasons that are not kept yet."""
    waivers = {each.about: each for each in article.waivers.select_related("waived_by")} if article.pk else {}
    places = _places(article)
    items = [
        Item(
            finding=finding,
            place=places[finding.block][0] if finding.block in places else field_label(finding.field),
            anchor=places[finding.block][1] if finding.block in places else _field_anchor(finding.field),
            reason=(typed or {}).get(finding.about, ""),
            waiver=None if finding.is_error else waivers.get(finding.about),
        )
        for finding in findings
    ]
    return Standing(
        errors=tuple(item for item in items if item.finding.is_error),
        warnings=tuple(item for item in items if not item.finding.is_error and not item.waiver),
        waived=tuple(item for item in items if item.waiver),
    )


def field_label(name: str) -> str:
    """Return what editors call the field `name` of an article; empty for one that there is not."""
    try:
        field = ArticlePage._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(capfirst(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural))


def _places(article: ArticlePage) -> dict[str, tuple[str, str]]:
    """Return what editors call each block, and the id that Wagtail's editor gives it, by the block's own id."""
    return {
        str(child.id): (
            _("%(kind)s, block %(number)d") % {"kind": child.block.label, "number": number},
            f"block-{child.id}-section",
        )
        for number, child in enumerate(article.body, start=1)
        if child.id
    }


def _field_anchor(name: str) -> str:
    if not field_label(name):
        return ""
    is_list = ArticlePage._meta.get_field(name).one_to_many
    return f"id_{name}-FORMS" if is_list else f"id_{name}"
