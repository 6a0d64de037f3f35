"""What each kind of page tells machines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from articles.models import ArticlePage, Contributor, SignOff, TopicPage
from authors.models import AuthorIndexPage, AuthorLink, AuthorPage, Credential
from pages.models import HomePage, InformationPage, SiteSettings
from pages.structured_data import discussed, page_document
from pictures.actions import make_renditions, store_picture
from pictures.models import Picture
from ratings.models import Comment, State
from tests.findable.reading import nodes_of, soup_of, terms_in
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FORBIDDEN = {
    "AggregateRating",
    "aggregateRating",
    "Review",
    "review",
    "FAQPage",
    "HowTo",
    "QAPage",
    "Question",
    "comment",
}
HOSTILE = '</script><script>alert(1)</script> “quo"te” \u2028 & <!-- {{ x }}'


def picture(**fields) -> Picture:
    found = store_picture(title="Kettle", name="kettle.png", description="A kettle", data=photograph("PNG"))
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    make_renditions([found])
    return found


@pytest.fixture
def rich_site(full_site, author) -> ArticlePage:
    """A site where every kind of page tells all that it can tell."""
    portrait = picture(credit="Drawn by Ruth")
    author.portrait = portrait
    author.credentials = [
        Credential(degree="PhD", body="Northbridge College", number="17", register_url="https://r.example/17")
    ]
    author.links = [AuthorLink(label="Papers", url="https://papers.example/ada")]
    author.topics = [TopicPage.objects.get(title="Kettles")]
    author.save_revision().publish()
    policy = InformationPage(title="How we work")
    HomePage.objects.get().add_child(instance=policy)
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(),
        defaults={
            "name": "Almanac",
            "description": "Articles of trust.",
            "logo": picture(),
            "contact_email": "editors@example.org",
            "editorial_policy": policy,
            "corrections_policy": policy,
            "profiles": [("address", "https://social.example/almanac")],
        },
    )
    hero = picture(credit="Ruth Lee", license_url="https://license.example/by", source_url="https://source.example/")
    full_site.hero = hero
    full_site.revised_on = timezone.localdate() + timedelta(days=3)
    full_site.tags.add("steam")
    full_site.save_revision().publish()
    SignOff.objects.create(article=full_site, reviewer=author, signed_on=TODAY)
    return full_site


@pytest.fixture
def addresses(rich_site, author) -> list[str]:
    topic = TopicPage.objects.get(title="Kettles")
    return [
        "/",
        "/articles/",
        "/authors/",
        rich_site.url,
        topic.url,
        topic.get_parent().url,
        author.url,
        "/how-we-work/",
    ]


class TestVocabulary:
    def test_every_kind_and_property_is_one_of_schema_org(self, addresses):
        schema = pytest.importorskip("rdflib").SDO
        used = {term for address in addresses for term in terms_in(list(nodes_of(address).values()))}

        assert {"MedicalWebPage", "ProfilePage", "EducationalOccupationalCredential", "commentCount"} <= used
        assert [term for term in sorted(used) if term not in schema] == []

    def test_no_page_rates_answers_or_repeats_what_readers_write(self, addresses):
        for address in addresses:
            assert not FORBIDDEN & set(terms_in(list(nodes_of(address).values()))), address

    def test_extruct_reads_the_same(self, rich_site):
        extruct = pytest.importorskip("extruct")
        html = Client().get(rich_site.url).content.decode()

        (found,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
        assert {node["@type"]: node for node in found["@graph"]} == nodes_of(rich_site.url)

    @pytest.mark.parametrize("title", [HOSTILE, "‏عنوان", "𝔘nicode"])
    def test_title_is_told_as_it_is(self, make_article, title):
        assert nodes_of(make_article(title).url)["Article"]["headline"] == title


class TestArticle:
    def test_says_what_it_is_who_made_it_and_when(self, rich_site, author):
        nodes = nodes_of(rich_site.url)
        article, url = nodes["Article"], rich_site.full_url
        person = {
            "@type": "Person",
            "@id": f"{author.full_url}#person",
            "name": "Ada Brook",
            "url": author.full_url,
            "jobTitle": "Physicist",
            "hasCredential": [
                {
                    "@type": "EducationalOccupationalCredential",
                    "name": "PhD",
                    "recognizedBy": {"@type": "Organization", "name": "Northbridge College"},
                    "identifier": "17",
                    "url": "https://r.example/17",
                }
            ],
        }
        assert (article["headline"], article["@id"]) == ("Everything at Once", f"{url}#article")
        assert article["author"] == article["editor"] == [person]
        assert article["publisher"] == {"@id": nodes["Organization"]["@id"]}
        assert article["mainEntityOfPage"] == {"@id": nodes["MedicalWebPage"]["@id"]} == {"@id": url}
        assert article["keywords"] == ["steam"]
        assert [topic["name"] for topic in article["about"]] == ["Kettles"]
        assert datetime.fromisoformat(article["datePublished"]).replace(
            microsecond=0
        ) == rich_site.published_at.replace(microsecond=0)
        assert datetime.fromisoformat(article["dateModified"]).utcoffset() is not None
        assert datetime.fromisoformat(article["dateModified"]).date() == rich_site.revised_on

    def test_date_of_change_is_not_when_it_was_last_saved(self, make_article):
        article = make_article()
        ArticlePage.objects.filter(pk=article.pk).update(
            first_published_at=timezone.now() - timedelta(days=9), last_published_at=timezone.now()
        )

        found = nodes_of(article.url)["Article"]
        assert found["dateModified"] == found["datePublished"]

    def test_counts_the_comments_that_readers_see_and_says_no_zero(self, rich_site, article):
        Comment.objects.filter(parent=None).update(state=State.HIDDEN)
        counted = nodes_of(rich_site.url)["Article"]

        assert counted["commentCount"] == counted["interactionStatistic"]["userInteractionCount"] == 2
        assert not {"commentCount", "interactionStatistic"} & set(nodes_of(article.url)["Article"])

    def test_author_whose_page_is_not_live_is_a_name(self, make_article):
        unknown = AuthorPage(title="Ruth Lee", job_title="Potter", live=False)
        AuthorIndexPage.objects.get().add_child(instance=unknown)
        article = make_article()
        Contributor.objects.create(article=article, author=unknown)
        unknown.unpublish()

        assert nodes_of(article.url)["Article"]["author"] == [{"@type": "Person", "name": "Ruth Lee"}]

    def test_topic_that_is_not_live_is_told_nowhere(self, rich_site):
        TopicPage.objects.get(title="Kettles").unpublish()

        nodes = nodes_of(rich_site.url)
        assert "about" not in nodes["Article"]
        assert [step["name"] for step in nodes["BreadcrumbList"]["itemListElement"]] == ["Articles", rich_site.title]

    def test_picture_brings_its_license(self, rich_site):
        url = rich_site.full_url
        html = Client().get(rich_site.url).content.decode()
        image = next(
            node
            for node in pytest.importorskip("extruct").extract(html, syntaxes=["json-ld"])["json-ld"][0]["@graph"]
            if node.get("license")
        )

        assert {key: image[key] for key in ("creditText", "license", "acquireLicensePage")} == {
            "creditText": "Ruth Lee",
            "license": "https://license.example/by",
            "acquireLicensePage": "https://source.example/",
        }
        assert image["contentUrl"].startswith("http")
        assert {"@id": image["@id"]} in nodes_of(rich_site.url)["Article"]["image"]
        assert image["@id"].startswith(url)


class TestSignOff:
    """A page is a medical one as long as a professional stands behind it."""

    @pytest.mark.parametrize(
        ("fields", "is_medical"),
        [
            ({}, True),
            ({"due_on": TODAY}, True),
            ({"due_on": TODAY - timedelta(days=1)}, False),
            ({"withdrawn_at": timezone.now()}, False),
            ({"kind": SignOff.Kind.EDITORIAL}, False),
        ],
    )
    def test_page_is_medical_while_a_medical_sign_off_holds(self, article, author, fields, is_medical):
        signed_on = TODAY - timedelta(days=30)
        SignOff.objects.create(article=article, reviewer=author, **{"signed_on": signed_on} | fields)

        nodes = nodes_of(article.url)

        assert ("MedicalWebPage" in nodes, "WebPage" in nodes) == (is_medical, not is_medical)
        if is_medical:
            page = nodes["MedicalWebPage"]
            assert page["lastReviewed"] == signed_on.isoformat()
            assert [reviewer["name"] for reviewer in page["reviewedBy"]] == ["Ada Brook"]

    def test_article_without_one_is_no_medical_page(self, article):
        assert "MedicalWebPage" not in nodes_of(article.url)


class TestOtherPages:
    def test_profile_is_of_the_person(self, rich_site, author):
        nodes = nodes_of(author.url)
        person = nodes["Person"]

        assert nodes["ProfilePage"]["mainEntity"] == {"@id": person["@id"]}
        assert (person["name"], person["description"]) == ("Ada Brook", "Boils water for a living.")
        assert person["sameAs"] == ["https://papers.example/ada"]
        assert [topic["name"] for topic in person["knowsAbout"]] == ["Kettles"]
        assert person["image"] == {"@id": nodes["ImageObject"]["@id"]}

    def test_every_page_says_who_publishes_it(self, addresses):
        organization = nodes_of("/")["Organization"]

        assert organization["name"] == "Almanac"
        assert organization["sameAs"] == ["https://social.example/almanac"]
        assert organization["contactPoint"]["email"] == "editors@example.org"
        assert organization["publishingPrinciples"] == organization["correctionsPolicy"]
        assert organization["publishingPrinciples"].endswith("/how-we-work/")
        assert {str(nodes_of(address)["Organization"]) for address in addresses} == {str(organization)}

    def test_policy_that_is_not_published_is_not_named(self, rich_site):
        InformationPage.objects.get(title="How we work").unpublish()

        assert not {"publishingPrinciples", "correctionsPolicy"} & set(nodes_of("/")["Organization"])

    def test_list_tells_what_it_shows(self, rich_site):
        topic = TopicPage.objects.get(title="Kettles")
        topic.featured = None
        topic.save()

        for address in ("/articles/", topic.url):
            items = nodes_of(address)["CollectionPage"]["mainEntity"]["itemListElement"]
            assert [(item["position"], item["url"]) for item in items] == [(1, rich_site.full_url)]

    def test_breadcrumb_is_the_one_that_readers_see(self, addresses, rich_site):
        for address in addresses:
            shown = [link.get_text() for link in soup_of(address).select("nav.breadcrumb a")]
            told = nodes_of(address).get("BreadcrumbList", {"itemListElement": []})["itemListElement"]
            assert [step["position"] for step in told] == list(range(1, len(told) + 1)), address
            assert all(step["name"] and step["item"].startswith("http") for step in told), address
            if address != "/authors/ada-brook/":
                assert [step["name"] for step in told[:-1]] == shown, address

    def test_search_is_a_page_of_results_that_repeats_no_question(self, db):
        found = nodes_of("/search/", q="kettle")["SearchResultsPage"]

        assert found["url"].endswith("/search/")
        assert "kettle" not in str(found)

    def test_preview_tells_machines_nothing(self, article, admin, rf):
        request = rf.get("/")
        request.user = admin
        page = BeautifulSoup(article.make_preview_request(original_request=request).rendered_content, "html.parser")

        assert page.select('script[type="application/ld+json"], link[rel=canonical], meta[property]') == []
        assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_video_says_what_search_engines_require(make_article):
    value = {
        "title": "A kettle sings",
        "url": "https://www.youtube.com/watch?v=Ke77leSteam",
        "poster": picture().pk,
        "uploaded_on": "2026-03-01",
        "minutes": 2,
        "transcript": "<p>It hums.</p>",
    }
    video = nodes_of(make_article(body=[{"type": "video", "value": value}]).url)["VideoObject"]

    assert (video["name"], video["uploadDate"], video["duration"]) == ("A kettle sings", "2026-03-01", "P0DT00H02M00S")
    assert video["thumbnailUrl"].startswith("http")
    assert video["embedUrl"].startswith("https://")


@pytest.mark.parametrize("number", [1, 3])
def test_document_of_a_page_that_was_fetched_asks_for_policies_only(
    make_article, author, django_assert_num_queries, rf, number
):
    article = make_article()
    for index in range(number):
        person = AuthorPage(title=f"Ruth {index}", portrait=picture())
        AuthorIndexPage.objects.get().add_child(instance=person)
        topic = TopicPage(title=f"Kettles {index}")
        TopicPage.objects.get(depth=3).add_child(instance=topic)
        article.contributors.add(Contributor(author=person))
        article.topics.add(topic)
        article.tags.add(f"tag {index}")
        SignOff.objects.create(article=article, reviewer=person, signed_on=date(2026, 1, 1))
    article.save_revision().publish()
    page = ArticlePage.objects.get(pk=article.pk)
    context = page.shown_context()
    site = SiteSettings(name="Almanac", editorial_policy_id=page.pk)

    with django_assert_num_queries(1):
        nodes = page_document(page, site, reviews=context["reviews"], discussion=discussed(2))["@graph"]
    assert [len(node["author"]) for node in nodes if node["@type"] == "Article"] == [number]
