"""What is not published, or only for some, appears on no surface: canary words that are looked for in every byte.

The tables below name every address that tells of an article, a topic or an author. Who adds one adds it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from articles.actions import sign_off
from articles.models import ArticlePage, Contributor, RelatedArticle, SignOff, TopicPage
from authors.models import AuthorLink, AuthorPage, Credential
from pages.cards.actions import renew_cards
from pages.models import HomePage, SocialCard
from pages.search import dictionary
from pages.search.readable import Readable

pytestmark = pytest.mark.django_db

CANARY, SLUG = "Quorvexil", "zibblewock"
"""Words that stand nowhere else: in what a page says, and in its address."""

BODY = [{"type": "heading", "value": {"text": f"{CANARY} spouts", "level": "2"}}, {"type": "text", "value": CANARY}]
FORMATS = ("rss", "atom", "json")

State = Callable[[Page], None]
Surfaces = Mapping[str, str]
"""Addresses by what stands there."""


@dataclass(frozen=True, kw_only=True)
class World:
    """A page that holds the canaries, and the public pages that tell of it."""

    page: Page
    article: ArticlePage
    topic: TopicPage
    author: AuthorPage


@pytest.fixture
def world(make_article, author):
    """Return a function that lets a public article, topic and author, an editor's recommendation and a redirect point
    to a page, which may be the topic or the author.
    """

    def around(page: Page | None = None, *, topic: TopicPage | None = None, by: AuthorPage = author) -> World:
        if topic is None:
            topic = TopicPage(title="Pottery")
            TopicPage.objects.get().add_child(instance=topic)
        article = make_article("Pans and Lids")
        page = page or make_article(f"{CANARY} Pots", slug=SLUG, summary=f"{CANARY}.", body=BODY, hero_alt=CANARY)
        for each in {article, page} & set(ArticlePage.objects.all()):
            each.topics, each.contributors = [topic], [Contributor(author=by)]
            each.save_revision().publish()
        SearchPromotion.objects.create(query=Query.get("spout holder"), page=page, description="The best there is.")
        Redirect.objects.create(old_path="/old-address", redirect_page=page, site=None, is_permanent=True)
        return World(page=page, article=article, topic=topic, author=by)

    return around


def surfaces_of_any(world: World) -> Surfaces:
    """Return the addresses that tell of a page of any kind."""
    return {
        "its page": world.page.url,
        "search": "/search/?q=spouts",
        "promoted result": "/search/?q=spout+holder",
        "suggestions": f"/search/suggestions/?q={world.page.title[:-2]}",
        "missing address": f"/old-{world.page.title.split()[-1].lower()}/",
        "redirect": "/old-address/",
    }


def told(surfaces: Surfaces) -> dict[str, bool]:
    """Return for each surface whether a canary stands in a byte of its body, or in where it leads.

    What an address spells itself may come back, of course.
    """
    return {name: _tells(address) for name, address in surfaces.items()}


def _tells(address: str) -> bool:
    answer = Client().get(address)
    said = answer.content.decode(errors="replace").lower() + answer.get("Location", "").lower()
    return any(word in said for word in (CANARY.lower(), SLUG) if word not in address.lower())


def learn() -> None:
    """Do what the worker does within minutes."""
    dictionary.learn_words(Readable.now())
    dictionary.forget()
    renew_cards(now=timezone.now())


def leaks(page: Page, surfaces: Surfaces, states: Iterable[State]) -> dict[str, list[str]]:
    """Return which surfaces tell of `page` in each of `states`; everything is taken back."""
    found = {}
    for state in states:
        with transaction.atomic():
            state(type(page).objects.get(pk=page.pk))
            learn()
            found[state.__name__] = [name for name, is_told in told(surfaces).items() if is_told]
            transaction.set_rollback(True)
    return found


def silent(surfaces: Surfaces) -> list[str]:
    return [name for name, is_told in told(surfaces).items() if not is_told]


def draft(page: Page) -> None:
    page.unpublish()


def expired(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def scheduled(page: Page) -> None:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def for_who_signs_in(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def behind_a_password(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")


def for_a_group(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(Group.objects.first())


def below_a_private_page(page: Page) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def below_a_page_with_a_password(page: Page) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="password", password="secret")


STATES = [
    draft,
    expired,
    scheduled,
    for_who_signs_in,
    behind_a_password,
    for_a_group,
    below_a_private_page,
    below_a_page_with_a_password,
]
PRIVATE = [for_who_signs_in, below_a_private_page]


class TestArticle:
    @pytest.fixture
    def canary(self, world, make_article, author, admin) -> World:
        """An article that is recommended, featured, tagged, signed off, and has a social card."""
        found: World = world()
        found.page.tags.add("clay")
        found.page.save()
        loner = make_article("Recommends by Hand")
        loner.related_articles = [RelatedArticle(other=found.page)]
        loner.save_revision().publish()
        TopicPage.objects.filter(pk=found.topic.pk).update(featured=found.page)
        HomePage.objects.update(featured=found.page)
        reviewer = AuthorPage(title="Bea Reed")
        author.get_parent().add_child(instance=reviewer)
        what = {"article": found.page, "reviewer": reviewer, "kind": SignOff.Kind.MEDICAL, "signed_by": admin}
        sign_off(today=timezone.localdate(), **what)
        learn()
        return found

    def surfaces(self, world: World) -> Surfaces:
        key, author, topic = world.page.pk, world.author, world.topic
        feeds = {"site": "articles", "topic": f"topics/{topic.pk}", "author": f"authors/{author.pk}"}
        return surfaces_of_any(world) | {
            "home": "/",
            "articles": "/articles/",
            "articles by topic": f"/articles/?topic={topic.pk}",
            "articles by letter": f"/articles/?letter={CANARY[0].lower()}",
            "topics": "/topics/",
            "topic": topic.url,
            "author": author.url,
            "reviewer": "/authors/bea-reed/?part=reviewed",
            "recommended by an editor": "/articles/recommends-by-hand/",
            "related by topic": world.article.url,
            "search in a topic": f"/search/?q=spouts&topic={topic.pk}",
            "did you mean": f"/search/?q={CANARY[:-1]}n",
            "sitemap": "/sitemap-articles-1.xml",
            "Markdown": f"/articles/{SLUG}.md",
            "older version": f"{world.page.url}versions/1/",
            "llms.txt": "/llms.txt",
            "API: articles": "/api/articles/",
            "API: articles by tag": "/api/articles/?tag=clay",
            "API: article": f"/api/articles/{key}/",
            "report an error": f"/responses/error/{key}/",
            "comment": f"/responses/comment/{key}/",
            "feed of comments": f"/feeds/comments/{key}.atom",
            **{f"feed: {of}, {form}": f"/feeds/{name}.{form}" for of, name in feeds.items() for form in FORMATS},
        }

    def others(self, world: World) -> Surfaces:
        """Return addresses that tell of no article, whatever it is."""
        key = world.page.pk
        return {
            "authors": "/authors/",
            "list of sitemaps": "/sitemap.xml",
            "robots.txt": "/robots.txt",
            "style guide": "/style-guide/",
            "API: rating": f"/api/articles/{key}/rating/",
            "API: comments": f"/api/articles/{key}/comments/",
            "stamp": f"/responses/stamp/{key}/",
            "own responses": f"/responses/mine/{key}/",
        }

    def test_published_article_is_told_of_on_every_surface(self, canary):
        others = self.others(canary)

        assert silent(self.surfaces(canary)) == []
        assert silent(others) == list(others)
        assert SocialCard.objects.filter(page=canary.page).exists()

    def test_article_that_is_not_for_everybody_is_told_of_on_none(self, canary):
        found = leaks(canary.page, self.surfaces(canary) | self.others(canary), STATES)

        assert found == {state.__name__: [] for state in STATES}

    @pytest.mark.parametrize("state", [draft, for_who_signs_in])
    def test_article_that_is_not_for_everybody_has_no_social_card_and_takes_no_response(self, canary, state):
        state(ArticlePage.objects.get(pk=canary.page.pk))
        learn()

        assert not SocialCard.objects.filter(page=canary.page).exists()
        sent = {"stars": "5", "name": "R", "email": "r@example.org", "text": "x"}
        for doing in ("rate", "comment", "error"):
            address = f"/responses/{doing}/{canary.page.pk}/"
            assert Client().post(address, sent, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404

    def test_words_that_wait_in_the_draft_of_a_published_article_are_told_of_on_no_surface(self, world):
        found: World = world()
        found.page.delete()
        page = ArticlePage.objects.get(pk=found.article.pk)
        page.title = page.summary = page.hero_alt = page.seo_title = page.search_description = CANARY
        page.body, page.slug = BODY, SLUG
        page.save_revision()
        SearchPromotion.objects.create(query=Query.get("spout holder"), page=page)
        learn()

        surfaces = self.surfaces(World(page=page, article=page, topic=found.topic, author=found.author))
        assert silent(surfaces) == list(surfaces)


class TestTopic:
    @pytest.fixture
    def canary(self, world, author) -> World:
        topic = TopicPage(title=f"{CANARY} Pots", slug=SLUG, intro=f"<p>{CANARY} spouts.</p>")
        TopicPage.objects.get().add_child(instance=topic)
        topic.save_revision().publish()
        author.topics = [topic]
        author.save_revision().publish()
        found: World = world(topic, topic=topic)
        learn()
        return found

    def surfaces(self, world: World) -> Surfaces:
        return surfaces_of_any(world) | {
            "home": "/",
            "topics": "/topics/",
            "articles": "/articles/",
            "its article": world.article.url,
            "author": world.author.url,
            "did you mean": f"/search/?q={CANARY[:-1]}n",
            "facets of the search": "/search/?q=lids",
            "sitemap": "/sitemap-topics-1.xml",
            "llms.txt": "/llms.txt",
            "API: topics": "/api/topics/",
            "API: topic": f"/api/topics/{world.topic.pk}/",
            "API: articles": "/api/articles/",
            "API: its article": f"/api/articles/{world.article.pk}/",
            "API: author": f"/api/authors/{world.author.pk}/",
            **{f"feed: {form}": f"/feeds/topics/{world.topic.pk}.{form}" for form in FORMATS},
        }

    def test_public_topic_is_told_of_on_every_surface(self, canary):
        assert silent(self.surfaces(canary)) == []

    @pytest.mark.parametrize("state", [draft, *PRIVATE])
    def test_topic_that_is_not_for_everybody_is_told_of_on_none(self, canary, state):
        assert leaks(canary.page, self.surfaces(canary), [state]) == {state.__name__: []}


class TestAuthor:
    """The name of an author whose page is not public stays in the byline, as text: somebody wrote the article."""

    @pytest.fixture
    def canary(self, world, author, admin) -> World:
        person = AuthorPage(title="Cora Vale", slug=SLUG, job_title=CANARY, biography=f"<p>{CANARY} spouts.</p>")
        person.credentials = [Credential(degree=CANARY)]
        person.links = [AuthorLink(label=CANARY, url="https://example.org/")]
        author.get_parent().add_child(instance=person)
        person.save_revision().publish()
        found: World = world(person, by=person)
        # Past the action, which lets nobody sign off what they wrote: here one person stands in both places.
        what = {"article": found.article, "reviewer": person, "kind": SignOff.Kind.MEDICAL, "signed_by": admin}
        SignOff.objects.create(signed_on=timezone.localdate(), revision=found.article.live_revision, **what)
        learn()
        return found

    def surfaces(self, world: World) -> Surfaces:
        return surfaces_of_any(world) | {
            "authors": "/authors/",
            "articles written": f"{world.page.url}?part=written",
            "their article": world.article.url,
            "sitemap": "/sitemap-authors-1.xml",
            "Markdown of their article": f"{world.article.url.rstrip('/')}.md",
            "API: authors": "/api/authors/",
            "API: author": f"/api/authors/{world.page.pk}/",
            "API: their article": f"/api/articles/{world.article.pk}/",
            **{f"feed: {form}": f"/feeds/authors/{world.page.pk}.{form}" for form in FORMATS},
        }

    def test_public_author_is_told_of_on_every_surface(self, canary):
        assert silent(self.surfaces(canary)) == []

    @pytest.mark.parametrize("state", [draft, *PRIVATE])
    def test_author_who_is_not_for_everybody_is_told_of_on_none(self, canary, state):
        assert leaks(canary.page, self.surfaces(canary), [state]) == {state.__name__: []}
