"""The first page of the admin: what there is to do for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from articles.desk.pages import user_of
from pages.desk.section import Section
from pages.desk.sections import DueForReview, InVain, MyDrafts, RatingFell, Scheduled
from pages.desk.waiting import WaitingForMe

SECTIONS: tuple[type[Section], ...] = (WaitingForMe, DueForReview, Scheduled, MyDrafts, RatingFell, InVain)
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, RecentEditsPanel)
"""Panels of Wagtail whose matter is in a section of ours, which asks the same for one row and for many."""


@hooks.register("construct_homepage_panels")
def desk_sections(request: HttpRequest, panels: list[Component]) -> None:
    """Put the sections that are for whoever is signed in on the first page."""
    user = user_of(request)
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels += [section(user) for section in SECTIONS if section.is_for(user)]
