"""What crawlers ask for: sitemap, robots.txt, and the icon."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction, Site

from articles.models import ArticlePage
from delivery import sitemaps
from pages.models import SiteSettings
from pictures.actions import make_renditions, store_picture

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PICTURE = "{http://www.google.com/schemas/sitemap-image/1.1}"

pytestmark = pytest.mark.django_db


def get(address: str):
    return Client().get(address)


def told(address: str, what: str = f"{SITEMAP}loc") -> list[str]:
    answer = get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return [element.text for element in fromstring(answer.content).iter(what)]


def listed() -> set[str]:
    """Return all addresses of all files that the index names."""
    return {address for file in told("/sitemap.xml") for address in told(file.removeprefix("http://testserver"))}


def test_index_names_the_files_that_hold_something(make_article):
    assert told("/sitemap.xml") == ["http://testserver/sitemap-pages-1.xml", "http://testserver/sitemap-topics-1.xml"]
    make_article()

    assert "http://testserver/sitemap-articles-1.xml" in told("/sitemap.xml")
    assert get("/sitemap-authors-1.xml").status_code == 404


def test_page_is_listed_with_its_last_publication_and_its_picture(make_article):
    file = BytesIO()
    Image.new("RGB", (700, 300), "teal").save(file, "PNG")
    picture = store_picture(title="Teal", name="teal.png", description="Teal", data=file.getvalue())
    make_renditions([picture])
    article = make_article(hero=picture)
    published_at = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    ArticlePage.objects.filter(pk=article.pk).update(last_published_at=published_at)

    address = "/sitemap-articles-1.xml"
    assert told(address) == [article.full_url]
    assert (
        told(address, f"{SITEMAP}lastmod")
        == told("/sitemap.xml", f"{SITEMAP}lastmod")[-1:]
        == ["2026-03-01T08:30:00+00:00"]
    )
    (shown,) = told(address, f"{PICTURE}loc")
    assert shown in [f"http://testserver{size.url}" for size in picture.made_sizes]


def test_what_is_not_for_search_engines_is_not_listed(make_article, author):
    shown = make_article("Shown")
    for title in ("Draft", "Private", "Unlisted", "Copy"):
        article = make_article(title, live=title != "Draft")
        article.is_unlisted = title == "Unlisted"
        article.original_url = "https://example.org/first" if title == "Copy" else ""
        article.save()
        if title == "Private":
            PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    author.unpublish()

    expected = {
        shown.full_url,
        *(f"http://testserver{path}" for path in ("/", "/articles/", "/authors/", "/privacy/", "/topics/")),
    }
    assert listed() == expected


def test_large_site_is_told_in_several_files(make_article, monkeypatch):
    assert sitemaps.MOST == 1000
    monkeypatch.setattr("delivery.sitemaps.MOST", 2)
    articles = [make_article(f"Number {number}") for number in range(3)]

    files = [file for file in told("/sitemap.xml") if "articles" in file]
    assert [file[-6:] for file in files] == ["-1.xml", "-2.xml"]
    assert {article.full_url for article in articles} <= listed()
    assert told("/sitemap-articles-2.xml") == [articles[2].full_url]


@pytest.mark.parametrize("address", ["articles-0", "articles-2", "drafts-1", f"articles-{'9' * 40}", "articles"])
def test_file_that_is_none_is_not_found(article, address):
    assert get(f"/sitemap-{address}.xml").status_code == 404


def test_takes_the_same_queries_for_one_and_for_many(make_article, django_assert_num_queries):
    make_article()
    told("/sitemap-articles-1.xml")
    with django_assert_num_queries(3):
        told("/sitemap-articles-1.xml")
    for number in range(3):
        make_article(f"Number {number}")
    with django_assert_num_queries(3):
        assert len(told("/sitemap-articles-1.xml")) == 4


def test_site_that_is_unlisted_asks_crawlers_to_leave_and_has_no_sitemap(article):
    rules = get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /search/suggestions/" in rules
    assert "Disallow: /" not in rules
    assert rules[-1] == "Sitemap: http://testserver/sitemap.xml"
    SiteSettings.objects.create(site=Site.objects.get(), is_unlisted=True)

    assert get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert get("/sitemap.xml").status_code == get("/sitemap-articles-1.xml").status_code == 404


@pytest.mark.parametrize(
    ("address", "kind", "largest"), [("/favicon.ico", "ICO", (48, 48)), ("/apple-touch-icon.png", "PNG", (180, 180))]
)
def test_icon_is_the_mark_on_its_leaf(address, kind, largest):
    answer = get(address)

    picture = Image.open(BytesIO(answer.content))
    assert (answer.status_code, picture.format, picture.size) == (200, kind, largest)
    colors = {color for _, color in picture.convert("RGB").getcolors(1 << 16)}
    assert {(0x1D, 0x5B, 0x4F), (0xFB, 0xF9, 0xF4)} <= colors
    assert "max-age=604800" in answer["Cache-Control"]
