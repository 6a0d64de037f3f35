"""A small site, and what editors, readers and moderators do on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.models import ArticleIndexPage, ArticlePage, Contributor, RelatedArticle, TopicPage
from authors.models import AuthorIndexPage, AuthorPage
from pages.models import HomePage, InformationPage
from pictures.actions import store_picture
from ratings import actions as readers
from ratings.models import Comment, Reader, State
from ratings.moderation.judge import Verdict


def drawn(color: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (700, 400), color).save(data, "PNG")
    return data.getvalue()


@dataclass
class SmallSite:
    """A site, by names. What is asked of it comes from the database anew each time."""

    admin: Client
    moderator: Any
    keys: dict[str, int] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)

    def page(self, name: str) -> Any:
        return Page.objects.get(pk=self.keys[name]).specific

    def publish(self, name: str, **fields: Any) -> None:
        """Give the page called `name` other `fields` as the page editor does: as a revision that is published."""
        page = self.page(name).get_latest_revision_as_object()
        for column, value in fields.items():
            setattr(page, column, value)
        page.save_revision().publish()

    def add(self, name: str, parent: Page, page: Page) -> None:
        parent.add_child(instance=page)
        page.save_revision().publish()
        self.keys[name] = page.pk

    def add_article(self, name: str, *, live: bool = True, **fields: Any) -> None:
        fields.setdefault("body", [{"type": "text", "value": "<p>Steam needs room.</p>"}])
        article = ArticlePage(title=name.title(), live=False, **fields)
        ArticleIndexPage.objects.get().add_child(instance=article)
        revision = article.save_revision()
        if live:
            revision.publish()
        self.keys[name] = article.pk

    def comment(self, name: str, text: str, **fields: Any) -> Comment:
        return readers.comment(
            article=self.page(name),
            reader=Reader.objects.create(),
            name="Ruth",
            email="ruth@example.org",
            text=text,
            verdict=Verdict(state=State.PUBLISHED),
            now=self.now,
            **fields,
        )

    def rate(self, name: str, stars: int) -> None:
        readers.rate(article=self.page(name), reader=Reader.objects.create(), stars=stars, now=self.now)

    def decide(self, text: str, to: State) -> None:
        comment = Comment.objects.get(text=text)
        readers.decide(comment=comment, version=comment.version, to=to, now=self.now, moderator=self.moderator)

    def send(self, address: str, **data: Any) -> None:
        assert self.admin.post(address, data).status_code in (200, 302)


def small_site(admin: User, moderator: User) -> SmallSite:
    """Return a site with two levels of topics, two authors, pages that name one another, and two readers' voices."""
    client = Client()
    client.force_login(admin)
    site = SmallSite(admin=client, moderator=moderator)
    home, top, people = HomePage.objects.get(), TopicPage.objects.get(), AuthorIndexPage.objects.get()
    site.keys |= {"home": home.pk, "index": ArticleIndexPage.objects.get().pk, "top": top.pk, "people": people.pk}
    document = get_document_model().objects.create(title="Plan", file=ContentFile(b"plan", name="plan.txt"))
    picture, portrait = (
        store_picture(title=name, name=f"{name}.png", description=name, data=drawn("teal")) for name in ("pot", "ada")
    )
    site.keys |= {"document": document.pk, "picture": picture.pk, "portrait": portrait.pk}
    site.add("sleep", top, TopicPage(title="Sleep"))
    site.add("dreams", site.page("sleep"), TopicPage(title="Dreams", intro="<p>At night.</p>"))
    site.add("kettles", top, TopicPage(title="Kettles"))
    site.add("ada", people, AuthorPage(title="Ada Brook", portrait=portrait))
    site.add("ben", people, AuthorPage(title="Ben Ash"))
    site.add("about", home, InformationPage(title="About"))
    links = (
        f'<p><a linktype="page" id="{site.keys["about"]}">us</a> <a linktype="document" id="{document.pk}">it</a></p>'
    )
    site.add_article("steam", hero=picture)
    site.add_article(
        "whistle",
        body=[
            {"type": "text", "value": links},
            {"type": "quote", "value": {"text": "It sings.", "speaker": "Ben", "profile": site.keys["ben"]}},
            {"type": "figure", "value": {"image": picture.pk}},
            {"type": "warning", "value": {"urgency": "emergency", "title": "Hot", "body": "<p>Call.</p>"}},
        ],
    )
    site.add_article("draft", live=False)
    steam, whistle = site.page("steam"), site.page("whistle")
    steam.topics, steam.contributors = [site.page("dreams")], [Contributor(author=site.page("ada"))]
    steam.tags.add("Hot")
    whistle.topics = [site.page("dreams"), site.page("kettles")]
    whistle.contributors = [Contributor(author=site.page("ada")), Contributor(author=site.page("ben"), role="editor")]
    whistle.related_articles = [RelatedArticle(other=site.page("draft"))]
    for article in (steam, whistle):
        article.save_revision().publish()
    for stars in (4, 5, 5):
        site.rate("whistle", stars)
    site.comment("whistle", "It *sings*.")
    return site
