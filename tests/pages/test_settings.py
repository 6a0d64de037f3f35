"""The settings of the site: its name, menus and footer on every page, and the screen on which they are set."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from articles.models import ArticleIndexPage, TopicPage
from authors.models import AuthorIndexPage
from pages.models import HomePage, InformationPage, SiteSettings
from pages.site import current_settings

pytestmark = pytest.mark.django_db


def page_link(page, label: str = "") -> dict:
    return {"type": "page", "value": {"page": page.pk, "label": label}}


def address_link(label: str, address: str) -> dict:
    return {"type": "address", "value": {"label": label, "address": address}}


def group(title: str, *links: dict) -> dict:
    return {"type": "group", "value": {"title": title, "links": list(links)}}


@pytest.fixture
def settle(db):
    """Return a function that keeps settings of the site."""

    def kept(**fields) -> SiteSettings:
        return SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)[0]

    return kept


@pytest.fixture
def information(db):
    """Return a factory of pages of information."""

    def make(title: str, **fields) -> InformationPage:
        page = InformationPage(title=title, **fields)
        HomePage.objects.get().add_child(instance=page)
        return page

    return make


def soup(client: Client, address: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def links(client: Client, part: str, address: str = "/") -> list[tuple[str, str, str | None]]:
    """Return text, address and `aria-current` of the links in the head's menu or in the foot."""
    place = {"menu": ".site-nav a", "footer": ".site-footer a"}[part]
    return [(link.text.strip(), link["href"], link.get("aria-current")) for link in soup(client, address).select(place)]


class TestMenu:
    def test_without_settings_it_shows_the_pages_that_are_marked_for_it(self, client):
        assert links(client, "menu") == [
            ("Articles", "/articles/", None),
            ("Topics", "/topics/", None),
            ("Authors", "/authors/", None),
        ]

    def test_it_shows_pages_and_addresses_as_they_were_set(self, client, settle):
        topics = TopicPage.objects.get()
        settle(menu=[page_link(topics, "Subjects"), page_link(topics), address_link("Shop", "https://example.org/")])

        assert links(client, "menu") == [
            ("Subjects", "/topics/", None),
            ("Topics", "/topics/", None),
            ("Shop", "https://example.org/", None),
        ]

    @pytest.mark.parametrize(
        ("address", "current"),
        [("/articles/", "page"), ("/articles/why-the-kettle-whistles/", "true"), ("/topics/", None), ("/", None)],
    )
    def test_section_that_is_shown_is_marked(self, client, article, address, current):
        assert links(client, "menu", address)[0] == ("Articles", "/articles/", current)

    def test_home_page_is_the_section_above_nothing(self, client, settle):
        settle(menu=[page_link(HomePage.objects.get(), "Home")])

        assert links(client, "menu") == [("Home", "/", "page")]
        assert links(client, "menu", "/articles/") == [("Home", "/", None)]

    @pytest.mark.parametrize("is_set", [False, True])
    def test_what_is_not_for_everybody_is_left_out(self, client, settle, is_set):
        articles, authors = ArticleIndexPage.objects.get(), AuthorIndexPage.objects.get()
        if is_set:
            settle(menu=[page_link(articles), page_link(authors, "People"), address_link("Shop", "https://a.example/")])
        articles.unpublish()
        PageViewRestriction.objects.create(page=authors, restriction_type="login")

        assert [link[0] for link in links(client, "menu")] == (["Shop"] if is_set else ["Topics"])

    def test_page_below_a_private_one_is_left_out(self, client, settle, article):
        settle(menu=[page_link(article), address_link("Shop", "https://a.example/")])
        PageViewRestriction.objects.create(page=article.get_parent(), restriction_type="password", password="x")

        assert [link[0] for link in links(client, "menu")] == ["Shop"]


class TestFooter:
    def test_without_settings_it_lists_the_pages_of_information(self, client):
        assert [link[:2] for link in links(client, "footer")] == [("Privacy", "/privacy/")]

    def test_groups_contact_policies_and_text_stand_in_it_each_page_once(self, client, settle, information):
        policy, contact = information("How We Write"), information("Write to Us")
        settle(
            footer=[group("Help", page_link(contact), address_link("Forum", "https://example.org/"))],
            editorial_policy=policy,
            contact_page=contact,
            contact_email="desk@example.org",
            footer_text="<p>Made by hand.</p>",
        )

        assert [link[0] for link in links(client, "footer")] == [
            "Write to Us",
            "Forum",
            "How We Write",
            "desk@example.org",
        ]
        footer = soup(client).select_one(".site-footer")
        assert footer.select_one("nav[aria-label=Help] h2").text == "Help"
        assert "Made by hand." in footer.text

    def test_group_of_which_nothing_is_public_is_left_out(self, client, settle, information):
        settle(footer=[group("Staff", page_link(information("Draft", live=False)))])

        assert soup(client).select(".site-footer nav") == []


class TestEveryPage:
    def test_name_stands_in_head_title_and_foot_as_text(self, client, settle):
        settle(name="<i>Kettle & Co")

        page = soup(client)

        assert page.title.text.endswith("– <i>Kettle & Co")
        assert [page.select_one(place).text.strip() for place in (".wordmark", ".site-footer-name")] == [
            "<i>Kettle & Co"
        ] * 2

    @pytest.mark.parametrize("number", [1, 3])
    def test_any_number_of_links_costs_as_many_queries_as_one(self, client, settle, information, number):
        pages = [information(f"Page {each}") for each in range(number)]
        settle(
            menu=[page_link(page) for page in pages],
            footer=[group("Help", *(page_link(page) for page in pages))],
            editorial_policy=pages[-1],
        )
        client.get("/privacy/")

        with CaptureQueriesContext(connection) as queries:
            client.get("/privacy/")

        asked = [
            query["sql"]
            for query in queries
            if "pages_sitesettings" in query["sql"] or "pageviewrestriction" in query["sql"]
        ]
        # The settings, the pages that they name, the policies that machines are told, and Wagtail's own question
        # whether the page that is read is private.
        assert len(asked) == 4

    def test_settings_are_read_once_a_request_and_never_written(self, rf, django_assert_num_queries):
        request = rf.get("/")
        Site.find_for_request(request)

        with django_assert_num_queries(1):
            assert current_settings(request).name == "Almanac"
            current_settings(request)
            assert current_settings(request).pk is None

    def test_without_a_request_they_are_those_of_the_default_site(self, settle):
        settle(name="Kettles")

        assert current_settings(None).name == "Kettles"


class TestScreen:
    @pytest.fixture
    def address(self) -> str:
        return reverse("wagtailsettings:edit", args=["pages", "sitesettings", Site.objects.get().pk])

    def form(self, **fields) -> dict:
        defaults = {
            "name": "Kettles",
            "menu": streamfield([]),
            "footer": streamfield([]),
            "emergency_numbers": streamfield([]),
            "profiles": streamfield([]),
            "footer_text": rich_text("<p></p>"),
        }
        return nested_form_data(defaults | fields)

    def test_administrator_sets_what_every_page_shows(self, client, admin, address):
        client.force_login(admin)
        menu = streamfield([("page", {"page": TopicPage.objects.get().pk, "label": "Subjects"})])

        client.post(address, self.form(menu=menu))

        assert links(Client(), "menu") == [("Subjects", "/topics/", None)]

    @pytest.mark.parametrize("number", ["call us", "911; DROP", "١٢٣", ""])
    def test_number_that_cannot_be_dialed_is_told_in_words(self, client, admin, address, number):
        client.force_login(admin)
        numbers = streamfield([("number", {"label": "Ambulance", "number": number})])

        answer = client.post(address, self.form(emergency_numbers=numbers))

        expected = "Write digits, spaces, brackets and hyphens only" if number else "This field is required"
        assert expected in answer.content.decode()
        assert not SiteSettings.objects.exclude(emergency_numbers=[]).exists()

    @pytest.mark.parametrize("may", [False, True])
    def test_who_may_not_change_them_finds_no_screen(self, client, editor, address, may):
        if may:
            editor.user_permissions.add(Permission.objects.get(codename="change_sitesettings"))
        client.force_login(editor)

        assert client.get(address).status_code == (200 if may else 302)

    def test_preview_shows_what_is_not_saved_yet(self, client, admin, address):
        client.force_login(admin)
        client.get(address)  # Wagtail's screen makes the row that it edits.
        settings = SiteSettings.objects.get()
        preview = reverse("wagtailsettings:preview_on_edit", args=["pages", "sitesettings", settings.site_id])
        menu = streamfield([("address", {"label": "Unsaved", "address": "https://example.org/"})])
        numbers = streamfield([("number", {"label": "Ambulance", "number": "+1 (911) 0"})])

        client.post(preview, self.form(menu=menu, emergency_numbers=numbers))
        page = BeautifulSoup(client.get(preview + "?mode=").content, "html.parser")

        assert [link.text for link in page.select(".site-nav a")] == ["Unsaved"]
        assert page.h1.text == "Kettles"
        assert page.select_one("main a")["href"] == "tel:+1(911)0"
        assert [link[0] for link in links(Client(), "menu")] == ["Articles", "Topics", "Authors"]
