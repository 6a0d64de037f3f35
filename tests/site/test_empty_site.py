"""What `migrate` leaves behind on an empty database."""

import importlib

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import call_command
from wagtail.models import Page, Site

from authors.models import AuthorIndexPage
from pages.address import site_follows_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/articles/", "/topics/", "/authors/", "/privacy/"])
def test_page_is_there(client, address):
    assert client.get(address).status_code == 200


def test_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])


def test_sitemap_lists_every_page_at_the_public_address(client):
    found = "".join(client.get(f"/sitemap-{section}-1.xml").content.decode() for section in ("pages", "topics"))

    assert found.count("<url>") == 5
    assert "<loc>http://testserver/privacy/</loc>" in found


def test_robots_names_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_site_follows_the_public_address(settings):
    settings.ALMANAC_URL = "https://almanac.example.org"
    site_follows_address()
    assert Site.objects.get().root_url == "https://almanac.example.org"

    settings.ALMANAC_URL = "http://127.0.0.1:8123"
    call_command("migrate", verbosity=0)
    assert Site.objects.get().root_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1e3", "", "\x00", "9" * 30])
def test_page_of_a_listing_that_is_none_is_not_found(client, page):
    expected = 200 if page == "" else 404
    assert client.get("/articles/", {"page": page}).status_code == expected


def test_missing_page_is_told_in_our_own_words(client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert "Almanac" in answer.content.decode()


def links(client, address: str, where: str) -> list[tuple[str, str]]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [(link.get_text(), link["href"]) for link in page.select(f"{where} a")]


@pytest.mark.parametrize("address", ["/", "/articles/", "/no/such/page/"])
def test_every_page_links_to_the_sections_of_the_site_as_they_are_called_now(client, address):
    authors = AuthorIndexPage.objects.get()
    authors.title, authors.slug = "People", "people"
    authors.save()

    menu = [("Articles", "/articles/"), ("Topics", "/topics/"), ("People", "/people/")]
    assert links(client, address, ".site-nav") == menu
    assert links(client, address, ".site-footer") == [("Privacy", "/privacy/")]


def test_section_that_was_taken_off_the_site_is_linked_nowhere(client):
    AuthorIndexPage.objects.get().unpublish()

    assert [name for name, _ in links(client, "/", ".site-nav")] == ["Articles", "Topics"]


class TestWagtailsSamples:
    """The first migration takes Wagtail's welcome page away, and no page of others."""

    migration = importlib.import_module("pages.migrations.0002_initial_site")

    @pytest.fixture
    def root(self) -> Page:
        return Page.objects.get(depth=1)

    def test_welcome_page_goes_with_its_site_and_other_pages_and_sites_stay(self, root):
        root.add_child(instance=Page(title="Somebody’s", slug="theirs"))
        theirs = Page.objects.get(slug="theirs")
        theirs.add_child(instance=Page(title="Somebody’s home", slug="home"))
        Site.objects.create(hostname="theirs.example", root_page=theirs)
        welcome = Page(title="Welcome to your new Wagtail site!", slug="home")
        Page.objects.filter(slug="home", depth=2).update(slug="almanac")
        root.refresh_from_db()
        root.add_child(instance=welcome)
        Site.objects.create(hostname="welcome.example", root_page=welcome)
        before = set(Page.objects.exclude(pk=welcome.pk).values_list("pk", flat=True))

        self.migration.remove_samples(apps, None)

        assert set(Page.objects.values_list("pk", flat=True)) == before
        assert set(Site.objects.values_list("hostname", flat=True)) == {"testserver", "theirs.example"}

    def test_our_pages_stand_beside_those_that_were_there(self, root):
        Page.objects.get(depth=2).delete()
        Page.objects.get(depth=1).add_child(instance=Page(title="Somebody’s", slug="theirs"))
        Site.objects.create(hostname="theirs.example", root_page=Page.objects.get(slug="theirs"), is_default_site=True)

        self.migration.make_pages(apps, None)

        assert Page.find_problems() == ([], [], [], [], [])
        assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == ["theirs", "home"]
        assert [site.hostname for site in Site.objects.all()] == ["theirs.example"]
