"""The site for those who read Markdown: the twin of each article, and llms.txt (https://llmstxt.org)."""

from __future__ import annotations

from http import HTTPStatus

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Site

from articles.markdown import address, escaped, heading, link, plain, quoted, together
from articles.models import ArticlePage, Retraction, TopicPage
from articles.twin import markdown_of, markdown_url
from delivery.feeds import revalidated
from findable.nodes import absolute
from pages.models import SiteSettings
from pages.site import current_settings

CONTENT_TYPE = "text/markdown; charset=utf-8"
LISTED = 500
"""So many articles, the newest ones, stand in llms.txt."""


@revalidated
def twin(request: HttpRequest, path: str) -> HttpResponse:
    """Answer the published article at `path` (without slashes around it) as Markdown; raises Http404 for all else."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    found = ArticlePage.objects.published().select_related("hero")
    # By the slug as well, which has an index.
    slug = path.rpartition("/")[2]
    article = get_object_or_404(found, slug=slug, url_path=f"{site.root_page.url_path}{path}/")
    answer = HttpResponse(markdown_of(article, timezone.localdate()), content_type=CONTENT_TYPE)
    answer["Link"] = f'<{address(article.canonical_url)}>; rel="canonical"'
    # Search engines are to lead to the page.
    answer["X-Robots-Tag"] = "noindex"
    return answer


def retracted_twin(retraction: Retraction) -> HttpResponse:
    """Answer with 410, as Markdown, when and why the article was retracted."""
    words = _("We took this article back on %(date)s. Please do not rely on what it said.")
    text = together(
        heading(retraction.title, 1),
        escaped(words % {"date": date_format(timezone.localtime(retraction.retracted_at))}),
        heading(_("Why it was retracted"), 2),
        plain(retraction.reason),
    )
    answer = HttpResponse(text + "\n", content_type=CONTENT_TYPE, status=HTTPStatus.GONE)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@revalidated
def llms(request: HttpRequest) -> HttpResponse:
    """Answer what there is to read, by topic; raises Http404 for a site that is to be found by nobody."""
    site = current_settings(request)
    if site.is_unlisted:
        raise Http404
    return HttpResponse(llms_text(site), content_type="text/plain; charset=utf-8")


def llms_text(site: SiteSettings) -> str:
    """Return the list of the newest articles, each once: below the first of its topics.

    Takes the same queries for any number of articles.
    """
    topics = Prefetch("topics", TopicPage.objects.published().order_by("title"))
    found = ArticlePage.objects.published().filter(is_unlisted=False, original_url="").newest_first()
    sections: dict[str, list[str]] = {}
    for article in found.defer("body").prefetch_related(topics)[:LISTED]:
        topic = next((topic.title for topic in article.topics.all()), "")
        sections.setdefault(topic, []).append(_entry(article.title, markdown_url(article), article.summary))
    # What has no topic comes last.
    ordered = sorted(sections.items(), key=lambda section: (not section[0], section[0]))
    feed, api = absolute(reverse("feeds:articles", args=["atom"])), absolute(reverse("api:openapi-json"))
    return (
        together(
            heading(site.name, 1),
            quoted(escaped(site.description)) if site.description else "",
            *(together(heading(title or _("Articles"), 2), "\n".join(entries)) for title, entries in ordered),
            heading("Optional", 2),
            "\n".join([_entry(_("Feed"), feed, _("The newest articles as Atom.")), _entry("API", api, _("As JSON."))]),
        )
        + "\n"
    )


def _entry(title: str, url: str, words: str) -> str:
    return f"- {link(title, url)}" + (f": {escaped(words).strip()}" if words else "")
