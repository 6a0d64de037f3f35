"""What an operator or editor says about the site as a whole."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, PreviewableMixin

from pictures.models import Picture
from prose.fields import AddressBlock, CleanRichTextField


class PageLinkBlock(blocks.StructBlock):
    """A link to a page of this site."""

    page = blocks.PageChooserBlock(label=_("Page"))
    label = blocks.CharBlock(
        label=_("Label"), max_length=60, required=False, help_text=_("Left empty, the page’s title is used.")
    )

    class Meta:
        icon = "doc-empty"
        label = _("Page")


class AddressLinkBlock(blocks.StructBlock):
    """A link to an address elsewhere."""

    label = blocks.CharBlock(label=_("Label"), max_length=60)
    address = AddressBlock(label=_("Address"))

    class Meta:
        icon = "link-external"
        label = _("Address")


class LinksBlock(blocks.StreamBlock):
    """Links, to pages and elsewhere."""

    page = PageLinkBlock()
    address = AddressLinkBlock()

    class Meta:
        required = False


class FooterGroupBlock(blocks.StructBlock):
    """A group of links in the footer, under a heading."""

    title = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = LinksBlock(label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Group of links")


class EmergencyNumberBlock(blocks.StructBlock):
    """A telephone number for emergencies."""

    label = blocks.CharBlock(label=_("What it is for"), max_length=60, help_text=_("For example “Ambulance”."))
    number = blocks.RegexBlock(
        regex=r"^\+?[0-9][0-9 ()\-]{1,24}$",
        label=_("Number"),
        error_messages={"invalid": _("Write digits, spaces, brackets and hyphens only, for example +1 800 222-1222.")},
    )

    class Meta:
        icon = "warning"
        label = _("Number")


@register_setting(icon="site", order=0)
class SiteSettings(PreviewableMixin, BaseSiteSetting):
    """Name, menus, footer, emergency numbers and contact of a site."""

    name = models.CharField(_("name"), max_length=60, default="Almanac")
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("What the site is, in one or two sentences.")
    )
    logo = models.ForeignKey(
        Picture,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For search engines and shared links; at least 112 pixels each way."),
    )
    menu = StreamField(
        LinksBlock(),
        verbose_name=_("main menu"),
        blank=True,
        help_text=_("Left empty, the menu shows the pages that are marked “Show in menus”."),
    )
    footer_text = CleanRichTextField(_("footer text"), blank=True)
    footer = StreamField(
        [("group", FooterGroupBlock())],
        verbose_name=_("footer"),
        blank=True,
        help_text=_("Left empty, the footer lists the pages of information."),
    )
    emergency_numbers = StreamField(
        [("number", EmergencyNumberBlock())],
        verbose_name=_("emergency numbers"),
        blank=True,
        help_text=_("Shown in every warning that is an emergency."),
    )
    contact_email = models.EmailField(_("contact address"), blank=True)
    contact_page = models.ForeignKey(
        Page, verbose_name=_("contact page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    editorial_policy = models.ForeignKey(
        Page, verbose_name=_("editorial policy"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    corrections_policy = models.ForeignKey(
        Page, verbose_name=_("corrections policy"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    profiles = StreamField(
        [("address", AddressBlock(label=_("Address")))],
        verbose_name=_("profiles elsewhere"),
        blank=True,
        help_text=_("Pages of the same publisher on other sites, for search engines."),
    )
    is_unlisted = models.BooleanField(
        _("keep the whole site out of search engines"), default=False, help_text=_("For a site that is being built.")
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("description"), FieldPanel("logo")], heading=_("Who we are")),
        FieldPanel("menu"),
        MultiFieldPanel([FieldPanel("footer"), FieldPanel("footer_text")], heading=_("Footer")),
        FieldPanel("emergency_numbers"),
        MultiFieldPanel([FieldPanel("contact_email"), PageChooserPanel("contact_page")], heading=_("Contact")),
        MultiFieldPanel(
            [PageChooserPanel("editorial_policy"), PageChooserPanel("corrections_policy")], heading=_("Policies")
        ),
        MultiFieldPanel([FieldPanel("profiles"), FieldPanel("is_unlisted")], heading=_("Search engines")),
    ]

    class Meta:
        verbose_name = _("site settings")

    def named_pages(self) -> set[int]:
        """Return the keys of the pages that these settings name, and that so may stand on every page."""
        policies = [self.editorial_policy_id, self.corrections_policy_id, self.contact_page_id]
        groups = [group["value"]["links"] for group in self.footer.get_prep_value()]
        links = [link for links in [self.menu.get_prep_value(), *groups] for link in links if link["type"] == "page"]
        return {key for key in [*policies, *(link["value"]["page"] for link in links)] if key is not None}

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return the home page's frame, in which name, menus and footer stand."""
        return "pages/settings_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Show these settings, which are not saved yet, in place of the site's."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"site_settings": self}
