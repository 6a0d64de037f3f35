"""The one JSON-LD document of a page: what the page says of itself, and what only the site as a whole knows.

Nothing here rates anything (search engines show no stars for an article), and no comment's text is repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from wagtail.models import Page

from articles.models import SignOff
from authors.structured_data import person_node
from findable.models import FindablePage
from findable.nodes import Node, absolute, graph, node, organization_id, reference, website_id
from findable.visibility import seen_by_everybody
from freshness.memory import remembered
from pages.models import SiteSettings


def page_document(
    page: FindablePage,
    site: SiteSettings,
    *,
    reviews: Sequence[SignOff] = (),
    discussion: Node | None = None,
    listed: Sequence[Page] = (),
    first: int = 1,
) -> Node:
    """Return the document of `page`.

    `reviews` are the sign-offs that hold today, `discussion` is what `discussed` tells of an article, and `listed` are
    the pages that a listing shows, the first of them at the position `first` of the whole list.
    """
    own, *others = page.nodes()
    own = own | _reviewed(reviews, others)
    if own["@type"] == "CollectionPage":
        own |= _listing(listed, first)
    others = [each | (discussion or {}) if each["@type"] == "Article" else each for each in others]
    return graph([own, *others, *_site_nodes(site)])


def search_document(site: SiteSettings, *, title: str, address: str) -> Node:
    """Return the document of a page of search results, called `title`, at `address` (a path on this site)."""
    url = absolute(address)
    found = node("SearchResultsPage", id=url, url=url, name=title, isPartOf=reference(website_id()))
    return graph([found, *_site_nodes(site)])


def _reviewed(reviews: Sequence[SignOff], others: Sequence[Node]) -> Node:
    """Return what makes a page a medical one: that a professional has checked it, and the check still holds.

    Such a page cites what the article, one of the `others`, cites.
    """
    medical = [review for review in reviews if review.kind == SignOff.Kind.MEDICAL]
    if not medical:
        return {}
    return node(
        "MedicalWebPage",
        lastReviewed=max(review.signed_on for review in medical).isoformat(),
        reviewedBy=[person_node(review.reviewer) for review in medical],
        citation=[reference(cited["@id"]) for each in others for cited in each.get("citation", ())],
    )


def discussed(comments: int) -> Node:
    """Return what is told of an article under which so many comments are published."""
    if not comments:
        return {}
    counter = node("InteractionCounter", interactionType={"@type": "CommentAction"}, userInteractionCount=comments)
    return {"commentCount": comments, "interactionStatistic": counter}


def _listing(listed: Sequence[Page], first: int) -> Node:
    if not listed:
        return {}
    items = [
        {"@type": "ListItem", "position": position, "name": page.title, "url": page.full_url}
        for position, page in enumerate(listed, start=first)
    ]
    return {"mainEntity": node("ItemList", itemListElement=items)}


def _site_nodes(site: SiteSettings) -> list[Node]:
    """Return who publishes the site, and the site. One query if there are policies or a page to reach us by."""
    keys = {site.editorial_policy_id, site.corrections_policy_id, site.contact_page_id} - {None}
    pages = _addresses(frozenset(keys))
    contact = {"email": site.contact_email, "url": pages.get(site.contact_page_id, "")}
    return [
        node(
            "Organization",
            id=organization_id(),
            name=site.name,
            url=absolute("/"),
            description=site.description,
            logo=_logo_node(site),
            sameAs=[str(profile.value) for profile in site.profiles],
            contactPoint=node("ContactPoint", contactType="editors", **contact) if any(contact.values()) else None,
            publishingPrinciples=pages.get(site.editorial_policy_id),
            correctionsPolicy=pages.get(site.corrections_policy_id),
        ),
        node(
            "WebSite",
            id=website_id(),
            name=site.name,
            url=absolute("/"),
            description=site.description,
            publisher=reference(organization_id()),
            inLanguage=get_language(),
        ),
    ]


@remembered
def _addresses(keys: frozenset[int]) -> dict[int | None, str]:
    if not keys:
        return {}
    return {page.pk: page.full_url for page in seen_by_everybody(Page.objects.filter(pk__in=keys))}


def _logo_node(site: SiteSettings) -> Node | None:
    logo: Any = site.logo
    if logo is None:
        return None
    address = absolute(logo.file.url)
    return node("ImageObject", url=address, contentUrl=address, width=f"{logo.width} px", height=f"{logo.height} px")
