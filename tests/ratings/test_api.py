"""What machines may read of the readers' responses, and what not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from articles.models import Contributor
from ratings import actions
from ratings.models import Comment, Kind, Rating, Reader, State
from ratings.moderation.judge import Verdict
from ratings.selection import Order
from ratings.thread import REPLIES_AT_ONCE, REPLIES_PER_PAGE, THREADS_PER_PAGE
from tests.conftest import NOON

PUBLISHED = Verdict(state=State.PUBLISHED)
KEYS = {
    "state", "id", "kind", "name", "badge", "person", "stars", "text", "html", "in_reply_to", "created", "edited",
    "helpful", "replies", "permalink", "pinned", "pick",
}  # fmt: skip


def rating_of(article, **options):
    return Client().get(f"/api/articles/{article.pk}/rating/", **options)


def comments_of(article, query: str = "", **options):
    return Client().get(f"/api/articles/{article.pk}/comments/{query}", **options)


def follow(address: str):
    return Client().get(address.removeprefix("http://testserver"))


def texts(answer) -> list[str]:
    return [comment["text"] for comment in answer.json()["comments"]]


def restrict(article) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)


class TestRating:
    def test_tells_the_mean_as_the_page_does_and_the_histogram(self, article, make_reader):
        for stars in (5, 5, 5, 5, 4):
            actions.rate(article=article, reader=make_reader(), stars=stars, now=NOON)

        assert rating_of(article).json() == {
            "count": 5,
            "mean": "4.8",
            "own": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 4},
            "legacy": {"count": 0, "mean": None},
            "reviews": 0,
        }

    def test_tells_the_total_from_elsewhere_apart(self, article):
        actions.set_legacy_total(article=article, mean="4.95", count=40)

        found = rating_of(article).json()
        assert (found["count"], found["mean"], sum(found["own"].values())) == (40, "4.9", 0)
        assert found["legacy"] == {"count": 40, "mean": "4.95"}

    def test_counts_the_ratings_that_came_with_words(self, article, make_review):
        make_review(4)
        make_review(5, State.PENDING)

        found = rating_of(article).json()
        assert (found["count"], found["mean"], found["reviews"]) == (2, None, 1)


class TestComments:
    def test_tells_what_readers_see_of_a_comment_and_nothing_else(self, article, make_comment):
        comment = make_comment(State.PUBLISHED, name="Ruth", text="It *sings*.", kind=Kind.QUESTION)

        answer = comments_of(article).json()
        assert answer == {
            "count": 1,
            "next": None,
            "comments": [
                {
                    "state": "shown",
                    "id": str(comment.public_id),
                    "kind": "question",
                    "name": "Ruth",
                    "badge": None,
                    "person": None,
                    "stars": None,
                    "text": "It *sings*.",
                    "html": "<p>It <em>sings</em>.</p>\n",
                    "in_reply_to": None,
                    "created": "2026-11-02T12:00:00Z",
                    "edited": None,
                    "helpful": 0,
                    "replies": {"count": 0, "shown": [], "all": None},
                    "permalink": f"http://testserver/comments/{comment.public_id}/",
                    "pinned": False,
                    "pick": None,
                }
            ],
        }

    def test_tells_what_distinguishes_a_comment(
        self, article, author, make_user, make_reader, make_comment, make_review, moderator
    ):
        author.account = make_user("ada")
        author.save()
        article.contributors.add(Contributor(author=author))
        article.save()
        review = make_review(4)
        actions.pin(now=NOON, comment=review, pinned=True, moderator=moderator)
        actions.pick(now=NOON, comment=review, reason="Measured it.", moderator=moderator)
        actions.find_helpful(comment=review, reader=make_reader(), helpful=True, now=NOON)
        actions.edit(
            comment=review,
            reader=review.reader,
            text="Better words.",
            verdict=PUBLISHED,
            version=Comment.objects.get(pk=review.pk).version,
            now=NOON + timedelta(minutes=1),
        )
        ada = Reader.objects.create(user=author.account)
        answer = make_comment(State.PUBLISHED, parent=review, reader=ada)

        (shown,) = comments_of(article).json()["comments"]
        assert [shown[key] for key in ("stars", "pinned", "pick", "helpful", "text", "edited")] == [
            4, True, "Measured it.", 1, "Better words.", "2026-11-02T12:01:00Z"
        ]  # fmt: skip
        (reply,) = shown["replies"]["shown"]
        assert [reply[key] for key in ("id", "badge", "person", "in_reply_to")] == [
            str(answer.public_id), "author", author.full_url, str(review.public_id)
        ]  # fmt: skip

    def test_does_not_lead_to_the_page_of_an_author_that_is_restricted(self, article, author, make_comment):
        Comment.objects.filter(pk=make_comment(State.PUBLISHED).pk).update(person=author, badge="author")
        restrict(author)

        (shown,) = comments_of(article).json()["comments"]
        assert (shown["badge"], shown["person"]) == ("author", None)

    @pytest.mark.parametrize(
        "text", ["<script>alert(1)</script>", "  a\r\n\tb \u2028 \u202e ]]> 👩‍🚀 é é ", "\\u0000 \"'&amp;"]
    )
    def test_words_come_back_exactly_as_written(self, article, make_comment, text):
        make_comment(State.PUBLISHED, name=text[:80], text=text)

        answer = comments_of(article)
        assert texts(answer) == [text]
        assert answer.json()["comments"][0]["name"] == text
        assert "<script" not in answer.json()["comments"][0]["html"]
        assert answer["Content-Type"] == "application/json; charset=utf-8"
        assert answer["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_comment_that_is_not_published_is_absent(self, article, make_comment, state):
        make_comment(state, text="canary")

        answer = comments_of(article)
        assert answer.json() == {"count": 0, "comments": [], "next": None}

    def test_comment_vanishes_when_it_is_hidden_and_leaves_only_a_place_for_its_replies(
        self, article, make_comment, move
    ):
        first = make_comment(State.PUBLISHED, name="canary name", text="canary text", email="canary@example.org")
        reply = make_comment(State.PUBLISHED, parent=first, text="still here")
        move(first, State.HIDDEN)

        answer = comments_of(article)
        (place,) = answer.json()["comments"]
        assert set(place) == {"state", "id", "replies"}
        assert (place["state"], place["id"]) == ("removed", str(first.public_id))
        assert [shown["id"] for shown in place["replies"]["shown"]] == [str(reply.public_id)]
        assert b"canary" not in answer.content

    def test_pages_follow_each_other_without_gap_or_repeat(self, article, make_comment, reader):
        written = [make_comment(State.PUBLISHED, reader=reader).text for _ in range(THREADS_PER_PAGE + 3)]

        first = comments_of(article, "?sort=oldest")
        second = follow(first.json()["next"])
        assert texts(first) + texts(second) == written
        assert second.json()["next"] is None

    def test_reviews_can_be_asked_for_by_their_stars(self, article, make_review, make_comment):
        make_comment(State.PUBLISHED)
        make_review(3, text="three")
        make_review(5, text="five")

        assert texts(comments_of(article, "?stars=3")) == ["three"]
        assert texts(comments_of(article, "?sort=stars")) == ["five", "three"]

    @pytest.mark.parametrize("order", Order.values)
    def test_every_order_of_the_page_is_there(self, article, make_review, order):
        make_review(5)

        assert len(texts(comments_of(article, f"?sort={order}"))) == 1

    def test_long_thread_is_folded_and_can_be_read_whole(self, article, make_comment, reader):
        first = make_comment(State.PUBLISHED)
        replies = [make_comment(State.PUBLISHED, parent=first, reader=reader).text for _ in range(REPLIES_PER_PAGE + 1)]

        (folded,) = comments_of(article).json()["comments"]
        assert folded["replies"]["count"] == REPLIES_PER_PAGE + 1
        assert [reply["text"] for reply in folded["replies"]["shown"]] == replies[:REPLIES_AT_ONCE]
        page = follow(folded["replies"]["all"]).json()
        last = follow(page["next"]).json()
        shown = [reply["text"] for part in (page, last) for reply in part["comments"][0]["replies"]["shown"]]
        assert (shown, last["next"]) == (replies, None)

    def test_thread_of_another_article_is_not_there(self, article, make_article, make_comment):
        other = make_comment(State.PUBLISHED, article=make_article("Another"))

        for thread in (other.public_id, uuid4()):
            assert comments_of(article, f"?thread={thread}").status_code == 404

    def test_takes_the_same_queries_for_three_and_for_three_hundred_comments(self, article, author):
        def write(count: int) -> None:
            writer = Reader.objects.create()
            Comment.objects.bulk_create(
                Comment(article=article, reader=writer, person=author, name="Ruth", text="Yes.", state=State.PUBLISHED,
                        created_at=NOON, published_at=NOON)
                for _ in range(count)
            )  # fmt: skip

        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                assert comments_of(article).status_code == 200
            return len(found)

        write(3)
        comments_of(article)  # fills the cache of sites
        with_three = queries()
        write(297)
        assert (with_three, queries()) == (COMMENT_QUERIES, COMMENT_QUERIES)


COMMENT_QUERIES = 8
"""Restrictions and article; summary, counts, policy; pinned and first comments, replies, credentials; people."""


class TestWhatNobodyMayRead:
    def test_article_that_is_not_public_is_answered_like_one_that_is_not_there(self, make_article, make_comment):
        draft = make_article("canary draft", live=False)
        gone = make_article("canary gone")
        private = make_article("canary private")
        for article in (gone, private):
            make_comment(State.PUBLISHED, article=article, text="canary words", name="canary name")
        gone.unpublish()
        restrict(private)

        for what in ("rating/", "comments/", "comments/?sort=oldest"):
            unknown = Client().get(f"/api/articles/987654321/{what}")
            assert (unknown.status_code, unknown.json()) == (404, {"detail": "Not Found"})
            for article in (draft, gone, private):
                answer = Client().get(f"/api/articles/{article.pk}/{what}")
                assert (answer.status_code, answer.content) == (404, unknown.content)
                assert dict(answer.headers) == dict(unknown.headers)

    @pytest.mark.parametrize("key", ["0", "9" * 30])
    def test_key_that_no_article_can_have_is_not_there(self, db, key):
        assert Client().get(f"/api/articles/{key}/rating/").status_code == 404

    def test_nothing_internal_is_in_any_byte(self, article, make_review, make_comment):
        review = make_review(5, email="canary@example.org")
        make_comment(State.PUBLISHED, parent=review, email="canary@example.org")
        Comment.objects.update(network="canary-network", trace=[{"rule": "canary-rule"}], submission_key=None)
        Rating.objects.update(network="canary-network")

        answer = comments_of(article)
        assert b"canary" not in answer.content + rating_of(article).content
        (shown,) = answer.json()["comments"]
        assert set(shown) == set(shown["replies"]["shown"][0]) == KEYS

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    @pytest.mark.parametrize("what", ["rating", "comments"])
    def test_nothing_can_be_written(self, article, make_comment, method, what):
        comment = make_comment(State.PENDING)
        body = {"state": "published", "is_approved": True, "reader": 1, "stars": 5, "id": str(comment.public_id)}

        answer = getattr(Client(enforce_csrf_checks=True), method)(
            f"/api/articles/{article.pk}/{what}/", body, content_type="application/json"
        )
        assert answer.status_code == 405
        assert sorted(answer["Allow"].split(", ")) == ["GET", "HEAD"]
        assert (Comment.objects.get().state, Rating.objects.count()) == (State.PENDING, 0)

    @pytest.mark.parametrize(
        "name",
        ["author__password__startswith", "reader__token", "email", "order", "fields", "state", "format", "<script>"],
    )
    @pytest.mark.parametrize("what", ["rating", "comments"])
    def test_unknown_parameter_is_refused_by_name(self, article, name, what):
        answer = Client().get(f"/api/articles/{article.pk}/{what}/", {name: "x"})

        assert answer.status_code == 400
        assert f"“{name}”" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("sort", "best"),
            ("sort", "-pk"),
            ("stars", "0"),
            ("stars", "6"),
            ("stars", "5.0"),
            ("stars", "٥"),
            ("after", "1; DROP TABLE"),
            ("after", "1\n"),
            ("after", "9" * 40),
            ("after", "\x00"),
            ("thread", "1"),
            ("thread", "\x00"),
        ],
    )
    def test_unknown_value_is_refused_with_the_name_of_its_parameter(self, article, name, value):
        answer = comments_of(article, query_params={name: value})

        assert answer.status_code == 400
        assert answer.json()["detail"].startswith(f"{name}: ")


class TestCaching:
    @pytest.mark.parametrize("ask", [rating_of, comments_of])
    def test_answer_is_kept_until_it_changes(self, article, make_review, ask):
        before = ask(article)
        kept = ask(article, headers={"If-None-Match": before["ETag"]})
        make_review(5)
        after = ask(article, headers={"If-None-Match": before["ETag"]})

        assert before["ETag"].startswith('"')
        assert (kept.status_code, kept.content, kept["ETag"]) == (304, b"", before["ETag"])
        assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)
        for answer in (before, kept, after):
            assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"

    def test_pages_of_any_origin_may_read_it_and_no_cookie_is_set(self, article, client, admin):
        client.force_login(admin)
        for address in (
            f"/api/articles/{article.pk}/rating/",
            f"/api/articles/{article.pk}/comments/",
            f"/api/articles/{article.pk}/comments/?order=x",
            "/api/articles/0/rating/",
            "/api/openapi.json",
        ):
            answer = client.get(address)
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert not answer.has_header("Access-Control-Allow-Credentials")
            assert not answer.cookies
            assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
            assert not answer.wsgi_request.session.accessed

    def test_head_answers_without_a_body(self, article):
        for what in ("rating", "comments"):
            answer = Client().head(f"/api/articles/{article.pk}/{what}/")
            assert (answer.status_code, answer.content) == (200, b"")


class TestDocument:
    def test_describes_what_is_there_under_names_of_its_own(self, db):
        document = Client().get("/api/openapi.json").json()

        ours = ("/rating/", "/comments/")
        assert {path: list(methods) for path, methods in document["paths"].items() if path.endswith(ours)} == {
            "/api/articles/{article_id}/rating/": ["get"],
            "/api/articles/{article_id}/comments/": ["get"],
        }
        asked = document["paths"]["/api/articles/{article_id}/comments/"]["get"]["parameters"]
        assert [parameter["name"] for parameter in asked] == ["article_id", "sort", "stars", "after", "thread"]
        assert set(document["components"]["schemas"]["PublishedComment"]["properties"]) == KEYS

    def test_is_only_read_and_has_no_page_that_loads_scripts_from_elsewhere(self, db):
        client = Client(enforce_csrf_checks=True)
        assert client.post("/api/openapi.json").status_code == 405
        assert [client.get(address, follow=True).status_code for address in ("/api/docs", "/api/")] == [404, 404]
