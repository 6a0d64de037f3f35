"""What stands around the articles: pages about the site, its settings, and what its search knows.

What is there already is left alone: a page of the same address, a setting that somebody has filled in, any synonyms, a
search that somebody has recommended pages for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, Site

from articles.models import ArticlePage
from demo import content
from pages.models import HomePage, InformationPage, SiteSettings, Synonyms


@transaction.atomic
def load_pages(home: HomePage, tell: Callable[[str], None]) -> None:
    """Publish the pages about the site below `home`."""
    taken = set(home.get_children().values_list("slug", flat=True))
    for row in content.read("pages"):
        if row["slug"] in taken:
            continue
        tell(f"Page: {row['title']}")
        page = InformationPage(
            title=row["title"], slug=row["slug"], search_description=row["description"], body=json.dumps(row["body"])
        )
        home.add_child(instance=page)
        page.save_revision().publish()


def load_settings(home: HomePage) -> None:
    """Say what the site is, who may be asked, and what its footer leads to, wherever nobody has said it yet."""
    settings, _ = SiteSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    pages = {page.slug: page for page in home.get_children()}
    for name, value in _settings(content.read("site"), pages).items():
        if not getattr(settings, name):
            setattr(settings, name, value)
    settings.save()


def load_search(articles: dict[str, ArticlePage]) -> None:
    """Teach the search some synonyms, and recommend one of `articles` (by slug) to those who ask for its subject."""
    row = content.read("site")
    if not Synonyms.objects.exists():
        Synonyms.objects.bulk_create(Synonyms(words=words) for words in row["synonyms"])
    promotion = row["promotion"]
    query, is_new = Query.objects.get_or_create(query_string=promotion["query"])
    if is_new and promotion["article"] in articles:
        SearchPromotion.objects.create(
            query=query, page=articles[promotion["article"]], description=promotion["description"], sort_order=0
        )


def _settings(row: dict[str, Any], pages: dict[str, Page]) -> dict[str, Any]:
    """Return the value of each setting; a page that is missing from `pages` (by slug) is left out."""
    return {
        "description": row["description"],
        "contact_email": row["contact_email"],
        "emergency_numbers": [("number", number) for number in row["emergency_numbers"]],
        "editorial_policy": pages.get(row["editorial_policy"]),
        "corrections_policy": pages.get(row["corrections_policy"]),
        "footer_text": row["footer_text"],
        "footer": [("group", _group(group["title"], group["pages"], pages)) for group in row["footer"]],
    }


def _group(title: str, slugs: list[str], pages: dict[str, Page]) -> dict[str, Any]:
    links = [("page", {"page": pages[slug], "label": ""}) for slug in slugs if slug in pages]
    return {"title": title, "links": links}
