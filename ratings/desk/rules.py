"""The rules for comments, as one group in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from ratings.desk.policies import PolicyViewSet
from ratings.desk.section_pages import SectionViewSet
from ratings.desk.texts import TextViewSet
from ratings.desk.words import WordViewSet


class RulesGroup(ViewSetGroup):
    """Policies, words, canned texts and sections, each for those who have the permissions of its model."""

    menu_label = _("Rules for comments")
    menu_icon = "list-ul"
    menu_order = 251
    items = (
        PolicyViewSet("discussionpolicy", url_prefix="discussion-policies"),
        WordViewSet("phrase", url_prefix="comment-words"),
        TextViewSet("cannedtext", url_prefix="canned-texts"),
        SectionViewSet("moderatedsection", url_prefix="moderated-sections"),
    )
