"""What `migrate` leaves behind on an empty database."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from pages.address import site_follows_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/articles/", "/topics/", "/authors/", "/privacy/"])
def test_page_is_there(client, address):
    assert client.get(address).status_code == 200


def test_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])


def test_sitemap_lists_every_page_at_the_public_address(client):
    found = client.get("/sitemap.xml").content.decode()

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
