"""Panels of the article editor."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel

from articles.readiness.gate import examine


class ReadinessPanel(Panel):
    """“Ready to publish?”: what is in the way of an article, with a way to each, and reasons for what is fine.

    It says so of what was typed, also when the form comes back refused. A script asks for it again after each autosave.
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel on one article."""

        template_name = "articles/panels/readiness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add how the article stands."""
            from articles.readiness.standing import standing

            context: dict[str, Any] = super().get_context_data(parent_context)
            is_new = self.instance.pk is None and not self.form.is_bound
            if not is_new:
                article = self.form.as_typed()
                context["standing"] = standing(article, examine(article), typed=self.form.reasons)
            return context | {
                "is_new": is_new,
                "in_editor": True,
                "address": reverse("article_readiness", args=[self.instance.pk or 0]),
            }

        @property
        def media(self) -> Media:
            """The scripts and styles of the panel."""
            scripts = [f"articles/editor/{name}.js" for name in ("jump", "readiness", "autosaving")]
            return Media(js=scripts, css={"all": ["articles/editor/readiness.css"]})


class SearchResultPanel(Panel):
    """What a search engine shows of the page, as it is typed; a script fills it in, and counts the characters."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one page."""

        template_name = "articles/panels/search_result.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the page, and up to how many characters search engines show."""
            from articles.previews.search_result import DESCRIPTION_LENGTH, TITLE_LENGTH

            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "page": self.instance,
                "title_length": TITLE_LENGTH,
                "description_length": DESCRIPTION_LENGTH,
            }

        @property
        def media(self) -> Media:
            """The script and the styles of the panel."""
            return Media(js=["articles/editor/search_result.js"], css={"all": ["articles/editor/search_result.css"]})


class ImportNotesPanel(Panel):
    """Shows what the importer asks an editor to confirm, each note with a link to its block, until somebody saves."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one article."""

        template_name = "articles/panels/import_notes.html"

        def is_shown(self) -> bool:
            """Show the panel only where there is something to confirm."""
            return bool(self._notes())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the notes."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["notes"] = self._notes()
            return context

        def _notes(self) -> list[dict[str, str]]:
            imported = getattr(self.instance, "imported_from", None) if self.instance.pk else None
            # Who has saved the article since has seen the notes.
            untouched = imported is not None and imported.revision_id == self.instance.latest_revision_id
            return imported.notes if imported and untouched else []
