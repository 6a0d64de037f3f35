"""What is asked of a large site: addresses by the name of what they show."""

from __future__ import annotations

from django.urls import reverse

from articles.models import ArticleIndexPage, ArticlePage, TopicPage
from authors.models import AuthorPage
from benchmarks.large.articles import TOPICS
from benchmarks.large.responses import POPULAR_EVERY
from benchmarks.large.texts import RARE_WORD

DEEP = 50


def addresses() -> dict[str, str]:
    """Return the path of every scenario on this site by its name; those of the admin want somebody signed in."""
    # The newest of those with many comments: later ones hardly have any.
    count = ArticlePage.objects.count()
    popular = ArticlePage.objects.order_by("pk")[(count - 1) // POPULAR_EVERY * POPULAR_EVERY]
    listing, topic = ArticleIndexPage.objects.get(), TopicPage.objects.filter(depth=4).order_by("path")[0]
    below = TopicPage.objects.child_of(topic).order_by("path")[0]
    author = AuthorPage.objects.order_by("pk")[1]
    articles, queue = listing.url, reverse("reader_comments")
    explorer = reverse("wagtailadmin_explore", args=[listing.pk])
    search, api = reverse("pages:search"), reverse("api:articles")
    last = -(-count // 20)
    return {
        "article": popular.url,
        "home": "/",
        "articles": articles,
        f"articles, page {DEEP}": f"{articles}?page={min(DEEP, last)}",
        "articles, last page": f"{articles}?page={last}",
        "articles of a topic": f"{articles}?topic={below.pk}",
        "articles under a letter": f"{articles}?letter=k",
        "articles by title": f"{articles}?sort=title",
        "topic": below.url,
        f"topic, one of {TOPICS}": topic.url,
        "author": author.url,
        "authors": author.get_parent().url,
        "search, common word": f"{search}?q=kettle",
        "search, rare word": f"{search}?q={RARE_WORD}",
        "search, two words": f"{search}?q=sore+shoulder",
        "search, nothing found": f"{search}?q=quetzalcoatl",
        "suggestions": f"{reverse('pages:suggestions')}?q=ket",
        "feed": reverse("feeds:articles", args=["atom"]),
        "feed of a topic": reverse("feeds:topic", args=[below.pk, "atom"]),
        "sitemap": reverse("sitemap"),
        "sitemap, section": reverse("sitemap_section", args=["articles", 1]),
        "missing page": "/articles/keeping-a-ketle-throgh-winter/",
        "API, articles": api,
        f"API, page {DEEP}": f"{api}?page={min(DEEP, last)}",
        "admin, first page": reverse("wagtailadmin_home"),
        "admin, articles": explorer,
        f"admin, articles, page {DEEP}": f"{explorer}?p={min(DEEP, -(-count // 50))}",
        "admin, articles searched": f"{explorer}?q=kettle",
        "admin, site history": reverse("wagtailadmin_reports:site_history"),
        "admin, aging pages": reverse("wagtailadmin_reports:aging_pages"),
        "queue": queue,
        "queue, by rule": f"{queue}?rule=links",
        "queue, searched": f"{queue}?q=kettle",
        "queue, published": f"{queue}?state=published",
        "shift board": reverse("shift_board"),
    }
