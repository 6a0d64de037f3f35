"""The site's own texts that authors of comments are told, beside those that it was shipped with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ratings.models import CannedText, Ground
from ratings.models.grounds import SHIPPED_TEXTS


class TextIndexView(generic.IndexView):
    """The site's own texts, and the shipped ones that still hold."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the shipped texts of the grounds that the site has no text of its own on."""
        own = set(CannedText.objects.values_list("ground", flat=True))
        shipped = [(ground.label, text) for ground, text in SHIPPED_TEXTS.items() if ground not in own]
        return super().get_context_data(**kwargs) | {"shipped": shipped}


class TextViewSet(ModelViewSet):
    """List, add, change and remove canned texts, by the permissions of the model."""

    model = CannedText
    icon = "openquote"
    menu_label = _("Canned texts")
    copy_view_enabled = False
    form_fields = ["ground", "text"]
    index_view_class = TextIndexView
    index_results_template_name = "ratings/desk/texts.html"
    list_display = [
        TitleColumn("text", label=_("Text"), url_name="cannedtext:edit"),
        Column("ground", label=_("Ground"), accessor=lambda text: Ground(text.ground).label),
    ]
