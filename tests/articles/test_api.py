"""What machines may read of articles, topics, authors and kinds, and what not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.blocks.registry import kinds
from articles.models import ArticlePage, Contributor, SignOff, TopicPage
from authors.models import Credential

ENDPOINTS = ("/api/articles/", "/api/topics/", "/api/authors/", "/api/kinds/", "/api/kinds/tip/schema/")


def get(address: str, **options):
    return Client().get(f"/api/{address}", **options)


def titles(query: str = "") -> list[str]:
    answer = get(f"articles/{query}")
    assert answer.status_code == 200, answer.content
    return [article["title"] for article in answer.json()["articles"]]


def restrict(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_topic(title: str, parent: TopicPage | None = None) -> TopicPage:
    return (parent or TopicPage.objects.order_by("path").first()).add_child(instance=TopicPage(title=title))


@pytest.fixture
def hidden(make_article) -> list[ArticlePage]:
    """Articles that no reader may see, each for another reason, full of canaries."""
    body = [{"type": "text", "value": "<p>canary body</p>"}]
    gone, private, expired = [make_article(f"canary {why}", body=body) for why in ("gone", "private", "expired")]
    gone.unpublish()
    restrict(private)
    expired.unpublish(set_expired=True)
    scheduled = make_article("canary later", live=False, body=body, go_live_at=timezone.now() + timedelta(days=3))
    scheduled.save_revision().publish()
    return [make_article("canary draft", live=False, body=body), gone, private, expired, scheduled]


class TestArticle:
    def test_tells_all_that_its_page_shows(self, full_site, author):
        Credential.objects.create(author=author, degree="PhD", register_url="https://example.org/register")
        full_site.summary, full_site.original_url = "Why it sings.", "https://example.org/first"
        full_site.tags.add("steam")
        full_site.save_revision().publish()
        SignOff.objects.create(article=full_site, reviewer=author, signed_on=date(2026, 11, 1))
        SignOff.objects.create(
            article=full_site, reviewer=author, kind="editorial", signed_on=date(2020, 1, 1), due_on=date(2021, 1, 1)
        )

        found = get(f"articles/{full_site.pk}/").json()
        ada = {
            "name": "Ada Brook",
            "url": author.full_url,
            "job_title": "Physicist",
            "credentials": [
                {"degree": "PhD", "body": "", "number": "", "register_url": "https://example.org/register",
                 "checked": None}
            ],
        }  # fmt: skip
        topic = TopicPage.objects.get(title="Kettles")
        body = found.pop("body")
        assert found.pop("published")
        assert [event["kind"] for event in found.pop("history")] == ["published", "medical", "editorial"]
        assert found == {
            "id": full_site.pk,
            "title": "Everything at Once",
            "summary": "Why it sings.",
            "url": full_site.full_url,
            "canonical": "https://example.org/first",
            "markdown": "http://testserver/articles/everything-at-once.md",
            "detail": f"http://testserver/api/articles/{full_site.pk}/",
            "revised": None,
            "authors": [ada],
            "contributors": [ada | {"role": "editor"}],
            "corrections": [],
            "sign_offs": [{"kind": "medical", "reviewer": ada, "signed": "2026-11-01", "due": None}],
            "topics": [{"id": topic.pk, "title": "Kettles", "url": topic.full_url}],
            "tags": ["steam"],
            "hero": None,
            "sources": [],
            "reading_minutes": full_site.reading_minutes,
            "links": {
                "rating": f"http://testserver/api/articles/{full_site.pk}/rating/",
                "comments": f"http://testserver/api/articles/{full_site.pk}/comments/",
            },
        }
        assert [part["kind"] for part in body] == sorted(kinds())
        assert all(set(part) == {"id", "anchor", "kind", "data"} for part in body)

    def test_person_and_topic_that_are_not_public_are_not_led_to(self, make_article, author):
        topic = make_topic("canary topic")
        article = make_article(contributors=[Contributor(author=author)], topics=[topic])
        restrict(author)
        restrict(topic)

        answer = get(f"articles/{article.pk}/")
        assert answer.json()["authors"] == [{"name": "Ada Brook", "url": None, "job_title": "", "credentials": []}]
        assert b"canary" not in answer.content

    @pytest.mark.parametrize("number", [1, 20])
    def test_takes_the_same_queries_for_one_block_of_each_kind_and_for_many(self, full_site, number):
        body = [{"type": part["type"], "value": part["value"]} for part in full_site.body.raw_data]
        full_site.body = [part for part in body for _ in range(number)]
        full_site.save_revision().publish()
        get(f"articles/{full_site.pk}/")  # fills the cache of sites

        with CaptureQueriesContext(connection) as queries:
            assert len(get(f"articles/{full_site.pk}/").json()["body"]) == number * len(kinds())
        assert len(queries) == ARTICLE_QUERIES


ARTICLE_QUERIES = 13
"""Article, topics, tags and people, sign-offs, history, what the body shows (pictures, profiles), four for links."""


class TestList:
    def test_is_filtered_by_topic_with_those_below_by_author_by_tag_and_by_day(self, make_article, author):
        kettles = make_topic("Kettles")
        whistles = make_topic("Whistles", kettles)
        one = make_article("One", topics=[whistles])
        two = make_article("Two", contributors=[Contributor(author=author)])
        two.tags.add("steam")
        two.save_revision().publish()
        ArticlePage.objects.filter(pk=one.pk).update(first_published_at="2026-01-31T12:00:00Z")

        assert (
            titles(f"?topic={kettles.pk}") == titles(f"?topic={whistles.pk}") == titles("?until=2026-01-31") == ["One"]
        )
        assert titles(f"?author={author.pk}") == titles("?tag=steam") == titles("?since=2026-02-01") == ["Two"]
        assert titles("?since=2026-01-31&until=2026-01-31") == ["One"]
        assert titles(f"?tag=steam&topic={kettles.pk}") == []
        assert titles("?order=oldest") == titles("?order=title") == ["One", "Two"]
        assert titles() == titles("?order=newest") == ["Two", "One"]

    def test_topics_of_one_name_are_told_apart(self, make_article):
        """A slug is unique only under one parent."""
        topics = [make_topic("Basics", make_topic(title)) for title in ("Kettles", "Sleep")]
        for title, topic in zip(("Boil", "Doze"), topics, strict=True):
            make_article(title, topics=[topic])

        addresses = [get(f"topics/{topic.pk}/").json()["articles"] for topic in topics]
        found = [Client().get(address).json()["articles"] for address in addresses]
        assert [[article["title"] for article in each] for each in found] == [["Boil"], ["Doze"]]

    def test_pages_follow_each_other(self, make_article):
        for title in ("A", "B", "C"):
            make_article(title)

        first = get("articles/?order=title&size=2").json()
        second = Client().get(first["next"]).json()
        assert [article["title"] for page in (first, second) for article in page["articles"]] == ["A", "B", "C"]
        assert (first["count"], first["previous"], second["next"]) == (3, None, None)
        assert Client().get(second["previous"]).json() == first

    @pytest.mark.parametrize("number", [1, 20])
    def test_takes_the_same_queries_for_one_and_for_twenty(self, make_article, author, number):
        topic = make_topic("Kettles")
        for index in range(number):
            article = make_article(f"Number {index}", contributors=[Contributor(author=author)], topics=[topic])
            article.tags.add("steam")
            article.save_revision().publish()
        get("articles/")  # fills the cache of sites

        with CaptureQueriesContext(connection) as queries:
            assert len(titles()) == number
        assert len(queries) == LIST_QUERIES


LIST_QUERIES = 10
"""Count, keys and page; pictures, contributors, topics, tags; people with credentials."""


class TestTopicsAndAuthors:
    def test_topic_tells_its_place_and_what_is_below_it(self, db):
        kettles = make_topic("Kettles")
        whistles = make_topic("Whistles", kettles)
        restrict(make_topic("canary", kettles))

        found = get(f"topics/{kettles.pk}/").json()
        assert found["parent"] == TopicPage.objects.order_by("path").first().pk
        assert found["subtopics"] == [{"id": whistles.pk, "title": "Whistles", "url": whistles.full_url}]
        assert found["articles"] == f"http://testserver/api/articles/?topic={kettles.pk}"
        assert b"canary" not in get("topics/").content

    def test_author_tells_biography_and_topics(self, author):
        topic = make_topic("Kettles")
        author.topics.add(topic)
        author.save()

        (listed,) = get("authors/").json()
        found = get(f"authors/{author.pk}/").json()
        assert listed.items() <= found.items()
        assert found["biography"] == "<p>Boils water for a living.</p>"
        assert found["topics"] == [{"id": topic.pk, "title": "Kettles", "url": topic.full_url}]

    def test_account_of_an_author_is_in_no_byte(self, author, make_user):
        author.account = make_user("canary")
        author.save()

        assert b"canary" not in get("authors/").content + get(f"authors/{author.pk}/").content


class TestWhatNobodyMayRead:
    def test_article_that_is_not_public_is_answered_like_one_that_is_not_there(self, hidden, article):
        unknown = get("articles/987654321/")
        assert (unknown.status_code, unknown.json()) == (404, {"detail": "Not Found"})
        for page in hidden:
            assert get(f"articles/{page.pk}/").content == unknown.content
        assert titles() == [article.title]
        assert b"canary" not in get("articles/").content

    def test_person_and_topic_that_are_not_public_are_not_there(self, author):
        topic = make_topic("Kettles")
        restrict(author)
        restrict(topic)

        for address in (f"authors/{author.pk}/", f"topics/{topic.pk}/", f"articles/?author={author.pk}",
                        f"articles/?topic={topic.pk}", f"articles/?topic={'9' * 30}", "articles/?author=-1",
                        "kinds/nothing/schema/", f"articles/{'9' * 30}/"):  # fmt: skip
            answer = get(address)
            assert (answer.status_code, list(answer.json())) == (404, ["detail"]), address
        assert get("authors/").json() == []

    @pytest.mark.parametrize(
        "query",
        ["author__password__startswith=p", "fields=*", "order=-x", "topic__regex=.*", "tag=a&tag=b", "page=0", "page=x",
         "size=101", "since=yesterday", "since=1700000000", "until=9999-12-31", "tag=%00", "topic=%00", "topic=kettles",
         "author=ada-brook"],
    )  # fmt: skip
    def test_unknown_parameter_or_value_is_refused_by_name_without_a_query(self, db, query):
        with CaptureQueriesContext(connection) as queries:
            answer = get(f"articles/?{query}")

        assert answer.status_code == 400
        assert query.partition("=")[0] in answer.json()["detail"]
        assert len(queries) == 0

    def test_page_that_is_not_there_is_not_found(self, article):
        assert [get(f"articles/?page={page}").status_code for page in (1, 2, 10**9)] == [200, 404, 404]

    @pytest.mark.parametrize("address", ENDPOINTS)
    def test_can_only_be_read_by_anybody_from_anywhere(self, db, address):
        client = Client(enforce_csrf_checks=True)
        answer = client.get(address)
        kept = client.get(address, headers={"If-None-Match": answer["ETag"]})

        assert (answer.status_code, kept.status_code, client.head(address).content) == (200, 304, b"")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert {client.post(address).status_code, client.delete(address).status_code} == {405}
        assert client.get(f"{address}?surprise=1").status_code == 400


class TestDescription:
    def test_document_is_valid_and_names_every_kind(self, db):
        validator = pytest.importorskip("openapi_spec_validator")
        document = get("openapi.json").json()

        validator.validate(document)
        (parts,) = [document["components"]["schemas"]["ArticleDetail"]["properties"]["body"]["items"]]
        assert set(parts["discriminator"]["mapping"]) == set(kinds())

    def test_sample_in_each_schema_fits_it(self, db):
        jsonschema = pytest.importorskip("jsonschema")

        for kind in get("kinds/").json():
            schema = Client().get(kind["schema_url"]).json()
            assert schema["$id"] == kind["schema_url"]
            (sample,) = schema["examples"]
            assert list(jsonschema.Draft202012Validator(schema).iter_errors(sample)) == []
