"""Panels of the article editor."""

from typing import Any

from wagtail.admin.panels import Panel


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
