"""Loading the demo.

Articles come in through the importer, authors and topics are made by its actions, and readers answer through theirs, as
in the real thing. What a text file cannot hold (portraits, pictures, contributors, days) is then written as an editor
would: as a published revision.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from articles.actions import publish_in_spite, sign_off, topic_named
from articles.exchange.importing import Options, import_file
from articles.models import ArticlePage, Contributor, ImportedFrom, RelatedArticle, SignOff, TopicPage
from authors.actions import author_named, find_author
from authors.models import AuthorLink, AuthorPage, Credential
from demo import content, drawing
from demo.accounts import account_of
from demo.answering import load_responses
from demo.citing import cite_sources
from demo.presenting import load_pages, load_search, load_settings
from pages.models import HomePage
from pictures.actions import make_renditions, store_picture
from pictures.models import Picture

SOURCE = "demo"
Tell = Callable[[str], None]


class DemoError(Exception):
    """The demo's own content could not be imported."""


def load(*, now: datetime, moderator: User | None, tell: Tell) -> None:
    """Load what is not there yet: people, articles and all that belongs to them, what stands around them, responses.

    Repeatable: what an earlier run loaded is left alone, also where an editor has changed it since. `tell` is called
    with a sentence for each step.
    """
    people = {person["name"]: _load_person(person, tell) for person in content.read("people")}
    new_topics = [row for row in content.read("topics") if _load_topic(row, people, tell)]
    details = content.read("articles")
    new = [path.stem for path in content.article_files() if _load_article(path.stem, details, people, tell)]
    for row in new_topics:
        _feature(row)
    for slug in new:
        _recommend(slug, details[slug]["related"])
        _sign_off(slug, details[slug]["sign_offs"], people, now)
    _load_site(new, tell)
    load_responses(source=SOURCE, now=now, moderator=moderator, tell=tell)


@transaction.atomic
def _load_person(person: dict[str, Any], tell: Tell) -> AuthorPage:
    """Make an author, unless there is one of this name: an earlier run's, or somebody else's."""
    known = find_author(person["name"])
    if known is not None:
        return known
    tell(f"Author: {person['name']}")
    author = author_named(name=person["name"], biography=person["biography"], publish=True)
    author.portrait = _picture(f"Portrait of {author.title}", drawing.portrait(author.title))
    author.job_title = person["job_title"]
    author.account = account_of(author.title)
    author.credentials = [
        Credential(**item | {"checked_on": date.fromisoformat(item["checked_on"])}) for item in person["credentials"]
    ]
    author.links = [AuthorLink(**link) for link in person["links"]]
    author.save_revision().publish()
    return author


def _load_article(slug: str, details: dict[str, Any], people: dict[str, AuthorPage], tell: Tell) -> bool:
    """Import one article and dress it, unless an earlier run did; return whether it is new."""
    if ImportedFrom.objects.filter(source=SOURCE, foreign_id=slug).exists():
        return False
    tell(f"Article: {slug}")
    with transaction.atomic():
        report = import_file(content.FOLDER / "articles" / f"{slug}.txt", Options(source=SOURCE, foreign_id=slug))
        if report.status == "refused":
            raise DemoError(report.reason)
        _dress(_article(slug), slug, details[slug], people)
    return True


def _dress(article: ArticlePage, slug: str, detail: dict[str, Any], people: dict[str, AuthorPage]) -> None:
    """Give the article what a text file cannot hold (pictures, sources, topics, contributors, its day); publish it."""
    article.hero = _picture(f"Picture of “{article.title}”", drawing.draw(detail["motif"], slug))
    article.hero_alt = detail["hero_alt"]
    article.summary = detail["summary"]
    cite_sources(article, slug)
    figures = [child for child in article.body if child.block_type == "figure"]
    for number, (figure, alt) in enumerate(zip(figures, detail["figure_alts"], strict=True), start=1):
        figure.value["image"] = _picture(f"Figure {number} of “{article.title}”", drawing.figure(slug, number))
        figure.value["alt"] = alt
    article.topics.set(
        TopicPage.objects.filter(slug__in=[row["slug"] for row in content.read("topics") if slug in row["articles"]])
    )
    article.tags.set(detail["tags"])
    article.contributors = [
        Contributor(author=people[person["name"]], role=person["role"]) for person in detail["contributors"]
    ]
    article.first_published_at = datetime.combine(date.fromisoformat(detail["published"]), time(8), tzinfo=UTC)
    _publish(article)
    make_renditions(article.pictures())


@transaction.atomic
def _load_topic(row: dict[str, Any], people: dict[str, AuthorPage], tell: Tell) -> bool:
    """Make a topic and say who knows it, unless there is one at its address; return whether it is new."""
    if TopicPage.objects.filter(slug=row["slug"]).exists():
        return False
    tell(f"Topic: {row['name']}")
    topic = topic_named(name=row["name"])
    if row["parent"]:
        topic.move(TopicPage.objects.get(slug=row["parent"]), pos="last-child")
        topic = TopicPage.objects.get(pk=topic.pk)
    topic.slug = row["slug"]
    intro = f"<p>{row['intro']}</p>"
    topic.intro = intro  # type: ignore[assignment]  # Wagtail is untyped: its field takes a string
    topic.save_revision().publish()
    for person in content.read("people"):
        author = people[person["name"]]
        author.refresh_from_db()
        if row["slug"] in person["topics"] and author.live:
            author.topics.add(topic)
            author.save_revision().publish()
    return True


def _feature(row: dict[str, Any]) -> None:
    """Have a topic show the article that leads into it."""
    topic = TopicPage.objects.get(slug=row["slug"])
    loaded = ArticlePage.objects.filter(imported_from__source=SOURCE)
    topic.featured = loaded.filter(imported_from__foreign_id=row["featured"]).first()
    topic.save_revision().publish()


def _recommend(slug: str, others: list[str]) -> None:
    article = _article(slug)
    article.related_articles = [RelatedArticle(other=_article(other)) for other in others]
    _publish(article)


def _sign_off(slug: str, rows: list[dict[str, Any]], people: dict[str, AuthorPage], now: datetime) -> None:
    for row in rows:
        today = now.date() - timedelta(days=row["days_ago"])
        sign_off(
            article=_article(slug),
            reviewer=people[row["reviewer"]],
            kind=SignOff.Kind(row["kind"]),
            signed_by=None,
            today=today,
            due_on=today + timedelta(days=365),
        )


def _load_site(new: list[str], tell: Tell) -> None:
    """Load what stands around the articles, and feature one that is new on a first page that has none."""
    home = HomePage.objects.first()
    if home is None:
        return
    load_pages(home, tell)
    load_settings(home)
    load_search({slug: _article(slug) for slug in new})
    row = content.read("site")
    if home.featured is None and row["featured"] in new:
        home.featured = _article(row["featured"])
        home.save_revision().publish()


def _article(slug: str) -> ArticlePage:
    return ArticlePage.objects.get(imported_from__source=SOURCE, imported_from__foreign_id=slug)


def _publish(article: ArticlePage) -> None:
    """Publish the article as it is now, as what the import wrote: no editor has changed it."""
    reasons = content.read("reasons")
    revision = article.save_revision()
    publish_in_spite(
        article=article, why=lambda warning: reasons.get(warning.rule, reasons[""]), by=None, now=timezone.now()
    )
    ImportedFrom.objects.filter(article=article).update(revision=revision)


def _picture(title: str, image: Image.Image) -> Picture:
    data = BytesIO()
    image.save(data, "WEBP", quality=88)
    picture = store_picture(
        title=title, name=f"{slugify(title)}.webp", data=data.getvalue(), credit="Drawn for Almanac"
    )
    make_renditions([picture])
    return picture
