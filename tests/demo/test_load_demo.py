"""The demo: loaded once, every kind of block used that it can fill, comments in all states a demo can have."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from articles.blocks.registry import kinds
from articles.models import ArticlePage, TopicPage
from authors.models import AuthorPage
from demo import content
from demo.accounts import make_accounts
from demo.presenting import load_pages, load_search, load_settings
from pages.models import HomePage, InformationPage, SiteSettings, Synonyms
from pictures.models import Picture
from ratings.models import Comment, Decision, Rating, RatingSummary, State

pytestmark = pytest.mark.django_db

FILLED = set(kinds()) - {"video"}
"""A video of our own we do not have, and the demo asks for nobody else's."""


def load() -> str:
    told = StringIO()
    call_command("load_demo", "--yes", stdout=told)
    return told.getvalue()


def numbers() -> list[int]:
    models = (Page, Picture, Rating, Comment, Decision, SiteSettings, Synonyms, SearchPromotion)
    return [model.objects.count() for model in models]


def test_demo_is_what_it_promises_and_loading_it_again_changes_nothing(client):
    make_accounts()
    load()

    articles = list(ArticlePage.objects.live())
    assert len(articles) >= 8
    assert AuthorPage.objects.live().count() >= 3
    # Who reviews articles of a development site can sign them.
    assert AuthorPage.objects.live().get(account__username="reviewer").title == "Ines Calderon"
    assert TopicPage.objects.filter(depth__gt=3).count() >= 5
    assert {child.block_type for article in articles for child in article.body} == FILLED
    assert max(len({child.block_type for child in article.body}) for article in articles) == len(FILLED)
    assert set(Comment.objects.values_list("state", flat=True)) == set(State)
    for article in articles:
        assert article.hero is not None
        assert article.topics.exists()
        assert all(picture.renditions.count() >= 3 for picture in article.pictures())
        stars = list(article.ratings.values_list("stars", flat=True))
        assert RatingSummary.objects.get(article=article).histogram == {n: stars.count(n) for n in range(1, 6)}
        assert client.get(article.url).status_code == 200
    before = numbers()

    told = load()

    assert numbers() == before
    assert told == "The demo is loaded.\n"


def test_readers_are_told_what_the_site_is_and_find_what_it_is_about(client):
    load()

    footer = client.get("/").content.decode().partition('<footer class="site-footer">')[2]

    for slug in [page["slug"] for page in content.read("pages")] + ["privacy", "articles", "topics", "authors"]:
        assert f'href="/{slug}/"' in footer
        assert client.get(f"/{slug}/").status_code == 200
    assert "nothing here is medical advice" in footer
    legs = content.read("site")["promotion"]["article"]
    assert client.get("/search/", {"q": "Cramp"}).context["answer"].recommended[0].page.slug == legs
    for words in content.read("site")["synonyms"]:
        for phrase in words.split(", "):
            assert client.get("/search/", {"q": phrase}).context["answer"].total, phrase


def test_what_editors_said_of_their_site_stays():
    home = HomePage.objects.get()
    home.add_child(instance=InformationPage(title="Who we are", slug="about"))
    SiteSettings.objects.create(site=home.get_site(), description="A site of ours.")
    Synonyms.objects.create(words="kettle, teapot")

    load_pages(home, tell=print)
    load_settings(home)
    load_search({})

    settings = SiteSettings.objects.get()
    assert (settings.description, settings.contact_email) == ("A site of ours.", "editors@example.org")
    assert settings.corrections_policy.slug == "corrections"
    assert InformationPage.objects.get(slug="about").title == "Who we are"
    assert Synonyms.objects.get().words == "kettle, teapot"


def test_author_whom_an_editor_changed_is_left_alone():
    load()
    author = AuthorPage.objects.live().first()
    author.portrait = None
    author.job_title = "Changed by an editor"
    author.credentials = []
    author.save_revision().publish()
    withdrawn = AuthorPage.objects.live().exclude(pk=author.pk).first()
    withdrawn.unpublish()

    load()

    author.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (author.portrait, author.job_title, author.credentials.count()) == (None, "Changed by an editor", 0)
    assert not withdrawn.live


def test_demo_stays_out_of_real_sites():
    with pytest.raises(CommandError, match="--yes"):
        call_command("load_demo")
    assert not ArticlePage.objects.exists()
