"""The page of an article's ratings in the admin: how it is rated, and the button to begin anew."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from articles.models import ArticlePage
from ratings import actions
from ratings.models import Rating, RatingSummary, Standing
from tests.conftest import NOON
from tests.journeys.hostile import FOLDER, hostile_strings
from tests.journeys.outline import outline

pytestmark = pytest.mark.django_db

REASON = "Wholly rewritten."


def summary_of(article) -> RatingSummary:
    return RatingSummary.objects.get(article=article)


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def page_of(desk: Client, article) -> str:
    return " ".join(desk.get(f"/admin/article-ratings/{article.pk}/").content.decode().split())


def post(desk: Client, article, what: str = "begin-anew", **fields):
    return desk.post(f"/admin/article-ratings/{article.pk}/{what}/", fields)


class TestDesk:
    def test_it_shows_how_the_article_is_rated(self, desk, article, vote, dated, moderator):
        vote(4, 5, 5)
        actions.set_legacy_total(article=article, mean=Decimal("4.5"), count=40)
        dated(article, NOON - timedelta(days=30), date(2026, 11, 1))
        Rating.objects.filter(stars=5).update(changed_at=NOON - timedelta(days=25))
        actions.judge_rating(rating=vote(1), standing=Standing.QUARANTINED, now=NOON)

        page = page_of(desk, article)

        assert "★ 4.5 (43 reviews)" in page
        assert "40 of them are from elsewhere" in page
        assert "2 of 3 votes are older than the revision of Nov. 1, 2026" in page
        assert "1 vote is held" in page
        assert re.search(r"★ 5</th> <td>2</td> <td>67 %</td>", page)
        assert "Yes: 43 ratings shall count no more." in page

    def test_held_votes_are_linked_for_who_may_judge_them(self, desk, article, vote, admin):
        actions.judge_rating(rating=vote(1), standing=Standing.QUARANTINED, now=NOON)
        assert 'href="/admin/held-votes/"' not in page_of(desk, article)

        desk.force_login(admin)
        assert 'href="/admin/held-votes/"' in page_of(desk, article)

    def test_article_without_ratings_has_nothing_to_begin_anew(self, desk, article):
        page = page_of(desk, article)

        assert "No reviews yet" in page
        assert "begin-anew" not in page
        post(desk, article, reason=REASON, sure="on")
        assert "nothing to begin anew" in page_of(desk, article)

    def test_it_begins_anew_and_can_be_undone(self, desk, article, vote):
        vote(1, 2)

        answer = post(desk, article, reason=REASON, sure="on")
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/article-ratings/{article.pk}/")
        assert summary_of(article).count == 0
        page = page_of(desk, article)
        assert "2 are kept, and count no more" in page
        assert "Count them again (2)" in page

        answer = post(desk, article, "count-again")
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/article-ratings/{article.pk}/")
        assert summary_of(article).count == 2
        assert "count-again" not in page_of(desk, article)

    @pytest.mark.parametrize(
        "fields",
        [{"reason": REASON}, {"sure": "on"}, {"sure": "on", "reason": " "}, {"sure": "on", "reason": REASON + "\0"}],
    )
    def test_without_a_reason_and_a_yes_nothing_begins_anew_and_what_was_typed_stays(self, desk, article, vote, fields):
        vote(1)

        answer = post(desk, article, **fields)

        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Nothing was stored yet" in page
        assert 'aria-invalid="true"' in page
        assert (REASON in page) == (REASON in fields.get("reason", ""))
        assert summary_of(article).count == 1

    def test_history_of_the_article_tells_of_both(self, desk, article, vote):
        vote(1, 2)
        post(desk, article, reason="<i>Wholly</i> rewritten.", sure="on")
        post(desk, article, "count-again")

        page = desk.get(f"/admin/pages/{article.pk}/history/").content.decode()

        assert "The ratings began anew. Kept, and counted no more: 2" in page
        assert "&lt;i&gt;Wholly&lt;/i&gt; rewritten." in page
        assert "Counted again: 2" in page

    def test_article_leads_to_it_in_the_list_and_the_editor(self, desk, article):
        link = f'href="/admin/article-ratings/{article.pk}/"'

        assert link in desk.get(f"/admin/pages/{article.get_parent().pk}/").content.decode()
        assert link in desk.get(f"/admin/pages/{article.pk}/edit/").content.decode()
        assert "article-ratings" not in desk.get(f"/admin/pages/{article.get_parent().pk}/edit/").content.decode()

    def test_hostile_title_adds_nothing_to_the_page(self, desk, article, vote):
        vote(1)

        def outline_with(title: str):
            ArticlePage.objects.filter(pk=article.pk).update(title=title[:255], draft_title=title[:255])
            return outline(page_of(desk, article))

        harmless = outline_with("harmless")
        for hostile in hostile_strings(FOLDER / "markup.txt"):
            assert outline_with(hostile) == harmless, hostile


DOORS = ["", "begin-anew/", "count-again/"]


class TestDoors:
    @pytest.fixture(autouse=True)
    def _rated(self, vote):
        vote(1)

    def knock(self, client: Client, key: int, door: str, **options):
        address = f"/admin/article-ratings/{key}/{door}"
        return client.post(address, {"reason": REASON, "sure": "on"}, **options) if door else client.get(address)

    @pytest.mark.parametrize("door", DOORS)
    def test_stranger_is_asked_to_sign_in(self, client, article, door):
        assert self.knock(client, article.pk, door)["Location"].startswith("/admin/login/")
        assert summary_of(article).count == 1

    @pytest.mark.parametrize("door", DOORS)
    def test_who_may_not_publish_the_article_comes_no_further(self, client, article, moderator, door):
        client.force_login(moderator)

        answer = self.knock(client, article.pk, door)
        assert answer.status_code == 403 if door else answer["Location"] == "/admin/"
        assert summary_of(article).count == 1
        page = client.get(f"/admin/pages/{article.get_parent().pk}/").content.decode()
        assert "article-ratings" not in page

    @pytest.mark.parametrize("door", DOORS)
    def test_script_of_who_may_not_gets_403(self, client, article, moderator, door):
        client.force_login(moderator)
        address = f"/admin/article-ratings/{article.pk}/{door}"
        by_script = {"x-requested-with": "XMLHttpRequest"}

        answer = client.post(address, headers=by_script) if door else client.get(address, headers=by_script)

        assert answer.status_code == 403

    @pytest.mark.parametrize("door", DOORS[1:])
    def test_door_that_writes_does_not_open_by_reading(self, desk, article, door):
        assert desk.get(f"/admin/article-ratings/{article.pk}/{door}").status_code == 405
        assert summary_of(article).count == 1

    def test_door_that_reads_does_not_open_by_writing(self, desk, article):
        assert desk.post(f"/admin/article-ratings/{article.pk}/").status_code == 405

    @pytest.mark.parametrize("door", DOORS[1:])
    def test_door_that_writes_needs_the_token_of_the_admin(self, editor, article, door):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        assert self.knock(client, article.pk, door).status_code == 403
        assert summary_of(article).count == 1

    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize("key", [0, 1, 424242, 2**63, 10**30])
    def test_what_is_no_article_is_not_found(self, desk, door, key):
        assert self.knock(desk, key, door).status_code == 404
