"""A contributor whose topics do not cover what the article is about. Who knows a topic knows all topics below it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Contributor outside their topics")
SEVERITY = Severity.WARNING

ROLES = {"author", "expert", "reviewer"}
"""Who answers for the substance."""


def find(draft: Draft) -> Iterator[Found]:
    """Yield everybody who knows topics, but none of these. Of whom no topics are known, nothing is said."""
    told = set()
    for person in draft.people:
        knows_others = person.topics and draft.topics and not person.topics & draft.topics
        if person.role in ROLES and knows_others and person.name not in told:
            told.add(person.name)
            message = _(
                "%(name)s writes on other topics than those of this article. Choose somebody who knows it, add the "
                "topic to the person’s page, or say why it is right."
            ) % {"name": person.name}
            yield Found(message=message, field="contributors", excerpt=person.name)
