"""The gate: what has errors, or warnings without a reason, does not go live, by whatever door it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.readiness.finding import Finding

if TYPE_CHECKING:
    from articles.models import ArticlePage

_warnings_count: ContextVar[bool] = ContextVar("warnings_count", default=True)


class NotReady(ValidationError):
    """The article called `title` cannot go live. The messages are those of `findings`, for an editor."""

    def __init__(self, findings: Sequence[Finding], *, title: str = "") -> None:
        # By field, even if by none: Wagtail's own API of the admin asks for no other.
        super().__init__({NON_FIELD_ERRORS: [sentence(finding) for finding in findings]})
        self.findings = list(findings)
        self.title = title


def sentence(finding: Finding) -> str:
    """Return the message of `finding`, and of a warning what can be done about it."""
    if finding.is_error:
        return finding.message
    return _("%(warning)s (Correct it, or give a reason.)") % {"warning": finding.message}


def examine(article: ArticlePage) -> list[Finding]:
    """Return what the rules find in `article` as it stands in memory."""
    from articles.readiness.reading import draft_of
    from articles.readiness.rules import findings

    return findings(draft_of(article, today=timezone.localdate()))


def waived(article: ArticlePage) -> set[str]:
    """Return what the warnings are about that an editor gave a reason for (`Finding.about`)."""
    return set(article.waivers.values_list("about", flat=True)) if article.pk else set()


def obstacles(article: ArticlePage) -> list[Finding]:
    """Return what keeps `article`, as it stands in memory, from going live."""
    found = examine(article)
    if not (settings.WARNINGS_NEED_A_REASON and _warnings_count.get()):
        return [finding for finding in found if finding.is_error]
    answered = waived(article)
    return [finding for finding in found if finding.is_error or finding.about not in answered]


def require_ready(article: ArticlePage) -> None:
    """Raise NotReady if something keeps `article`, as it stands in memory, from going live."""
    found = obstacles(article)
    if found:
        raise NotReady(found, title=article.title)


def require_finished(article: ArticlePage) -> None:
    """Raise NotReady if `article` has errors: it may be handed over with warnings, which can be answered until then."""
    found = [finding for finding in examine(article) if finding.is_error]
    if found:
        raise NotReady(found, title=article.title)


@contextmanager
def warnings_answered() -> Iterator[None]:
    """Let warnings pass within: of what was approved before, and only waits for its time."""
    token = _warnings_count.set(False)
    try:
        yield
    finally:
        _warnings_count.reset(token)
