"""The keys of the desk: one list for the script, for the dialog that `?` opens, and for the guide in the docs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key, what it does in words, and what it presses."""

    key: str
    label: str | Promise
    press: str = ""
    """A selector: in the card that has the focus, else on the page. A button or link is pressed, a field gets the
    focus, and what is folded away around it opens."""
    go: int = 0
    """By so many cards; before the first and after the last, to another page."""


KEYS = (
    Key(key="j", label=_("Next comment"), go=1),
    Key(key="k", label=_("Comment before"), go=-1),
    Key(key="a", label=_("Approve; keep a reported one"), press="[data-decide=published]"),
    Key(key="r", label=_("Reject: then the number of a ground"), press="[data-decide=rejected]"),
    Key(key="s", label=_("Spam"), press="[data-decide=spam]"),
    Key(key="h", label=_("Hide; with a ground, as for rejecting"), press="[data-decide=hidden]"),
    Key(key="u", label=_("Undo the latest decision of this page"), press="[data-card] [data-undo]"),
    Key(key="e", label=_("Edit out personal data"), press="[data-redaction] textarea"),
    Key(key="n", label=_("Write a note for moderators"), press="[data-note]"),
    Key(key="c", label=_("Mark a published comment as checked, or no longer"), press="[data-check]"),
    Key(key="p", label=_("Pin a published comment, or unpin it"), press="[data-pin]"),
    Key(key="x", label=_("Tick for deciding on many"), press="[data-choose]"),
    Key(key="b", label=_("Decide on many at once"), press="[data-bulk] [data-ground]"),
    Key(key="o", label=_("Open the comment alone"), press="[data-open]"),
    Key(key="l", label=_("Back to the list"), press="[data-list]"),
    Key(key="f", label=_("Filter and search"), press="[data-filters] input[name=q]"),
)
"""`?` opens Wagtail's dialog of shortcuts, with these on top. Its own single keys (/ and brackets) stay as they are."""
