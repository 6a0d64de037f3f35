"""What the list can be narrowed down to, by an address that anybody may type."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from articles.models import TopicPage
from ratings import actions
from ratings.desk.filters import FilterForm, Sort
from ratings.desk.listing import CommentListing
from ratings.desk.sections import Scope
from ratings.desk.topics import topics_waiting
from ratings.models import (
    Badge,
    Comment,
    Ground,
    Kind,
    LinkedDomain,
    Report,
    Sanction,
    SanctionKind,
    SavedView,
    State,
)
from tests.conftest import NOON

NAMES = [*FilterForm.base_fields, "p"]
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=[])),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(
        ["1", "any", "card", "links", "abcdef01", "on", *State.values, *Sort.values, *Kind.values, *Badge.values]
    ),
)

ALL_AT_ONCE = {
    "state": "any",
    "reported": "1",
    "q": 'hot "boiling water" & more',
    "rule": "links",
    "points": "40",
    "score": "90",
    "older": "24",
    "after": "2026-01-01",
    "before": "2026-12-01",
    "name": "Ruth",
    "network": "abcdef012345",
    "domain": "kettle.example",
    "kind": "question",
    "badge": "staff",
    "moderator": "ada",
    "sanctioned": "1",
    "article": "7",
    "topic": "8",
    "reader": "9",
    "reporter": "10",
    "sort": "spam",
    "view": "card",
    "p": "3",
}


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def found(admin):
    """Return a function that says which comments a list has, in its order, by their texts."""

    def texts(**asked: str) -> list[str]:
        listing = CommentListing.read(asked)
        assert listing.faults == ()
        now = NOON + timedelta(days=1)
        return [comment.text for comment in listing.ranked(listing.within(Scope.of(admin), now))]

    return texts


def change(comment: Comment, **columns) -> Comment:
    Comment.objects.filter(pk=comment.pk).update(**columns)
    return comment


class TestAddress:
    @given(st.dictionaries(st.sampled_from(NAMES), VALUES))
    @example(ALL_AT_ONCE)
    @example({"q": "\ud800"})
    @example({"reported": "1", "state": "published", "sort": "oldest"})
    def test_address_of_a_list_asks_for_that_list(self, parameters):
        listing = CommentListing.read(parameters)

        assert CommentListing.read(QueryDict(listing.query().removeprefix("?"))) == listing
        assert CommentListing.read(listing.parameters()) == listing

    def test_every_filter_comes_through(self):
        assert CommentListing.read(ALL_AT_ONCE).parameters() == ALL_AT_ONCE

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("value", ["%00", "9" * 400, "-1", "%ED%A0%80", "x%25_'%22" + "y" * 5000, "%C2%85"])
    def test_nonsense_never_breaks_the_page(self, desk, name, value):
        assert desk.get(f"/admin/reader-comments/?{name}={value}").status_code == 200

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("state=famous", "State: There is no such choice."),
            ("points=many", "Points, at least: Enter a whole number."),
            ("network=xyz", "Network: A network is told by 6 to 32 of the digits 0–9 and a–f."),
            ("q=" + "x" * 301, "at most 300 characters"),
        ],
    )
    def test_what_could_not_be_read_is_told(self, desk, query, told):
        page = unescape(desk.get(f"/admin/reader-comments/?{query}").content.decode())

        assert told in page

    @pytest.mark.django_db
    def test_filter_can_be_taken_away_by_a_link(self, desk):
        page = desk.get("/admin/reader-comments/?state=any&points=40&name=Ruth").content.decode()

        chips = re.findall(r'href="/admin/reader-comments/([^"]*)" class="[^"]*"><bdi>([^<]+)</bdi> <span', page)
        assert [(unescape(address), label) for address, label in chips] == [
            ("?state=any&name=Ruth", "Points, at least: 40"),
            ("?state=any&points=40", "Name of its author: Ruth"),
        ]


@pytest.mark.django_db
class TestFilters:
    def test_words_and_phrases_must_all_occur_whatever_their_case_and_accents(self, found, make_comment):
        for text in ("Hot boiling water", "Water boiling HÓT", "Cold boiling water"):
            make_comment(text=text)

        assert found(q='hot "boiling water"') == ["Hot boiling water"]
        assert found(q="ＨÖT") == ["Hot boiling water", "Water boiling HÓT"]
        assert found(q='"boiling water') == ["Hot boiling water", "Cold boiling water"]

    @pytest.mark.parametrize("q", ["%", "_", "'", '"', "\\", '""'])
    def test_signs_of_the_database_are_mere_characters(self, found, make_comment, q):
        make_comment(text="plain")
        make_comment(text=f"with {q} in it")

        assert found(q=q) == (["plain", f"with {q} in it"] if not q.strip('"') else [f"with {q} in it"])

    @pytest.mark.parametrize(
        ("asked", "columns"),
        [
            ({"rule": "links"}, {"rules": "|links|words|"}),
            ({"points": "40"}, {"points": 40}),
            ({"score": "90"}, {"spam_score": 0.9}),
            ({"older": "24"}, {"created_at": NOON - timedelta(seconds=1)}),
            ({"after": "2026-11-03"}, {"created_at": datetime(2026, 11, 3, tzinfo=UTC)}),
            ({"before": "2026-11-02"}, {"created_at": datetime(2026, 11, 1, 23, 59, tzinfo=UTC)}),
            ({"name": "ruth"}, {"name": "Dr Ruth"}),
            ({"network": "abcdef"}, {"network": "abcdef0123"}),
            ({"kind": "question"}, {"kind": Kind.QUESTION}),
            ({"badge": "staff"}, {"badge": Badge.STAFF}),
        ],
    )
    def test_column_decides(self, found, make_comment, asked, columns):
        change(make_comment(text="wanted"), **columns)
        change(make_comment(text="other"), rules="|link|", points=39, spam_score=0.89)

        assert found(**asked) == ["wanted"]

    def test_article_and_topics_with_what_is_below_them(self, found, make_comment, make_article):
        home = TopicPage.objects.get()
        kettles = home.add_child(instance=TopicPage(title="Kettles"))
        whistles = kettles.add_child(instance=TopicPage(title="Whistles"))
        about = make_article("Whistling", topics=[whistles, kettles])
        make_comment(text="wanted", article=about)
        make_comment(text="other")

        assert found(article=str(about.pk)) == ["wanted"]
        for topic in (home, kettles, whistles):
            assert found(topic=str(topic.pk)) == ["wanted"]
        assert found(topic="424242") == []

    def test_who_wrote_reported_decided_and_is_under_a_sanction(
        self, found, make_comment, make_reader, moderator, move
    ):
        comment, other = make_comment(State.PUBLISHED, text="wanted"), make_comment(State.PUBLISHED, text="other")
        reporter = make_reader()
        actions.report(comment=comment, reader=reporter, reason=Report.Reason.OTHER, now=NOON)
        move(other, State.REJECTED)
        Sanction.objects.create(
            reader=comment.reader, kind=SanctionKind.BAN, ground=Ground.SPAM, moderator=moderator, begins_at=NOON
        )

        for asked in ({"reader": comment.reader_id}, {"reporter": reporter.pk}, {"sanctioned": 1}, {"reported": 1}):
            assert found(state="any", **{name: str(value) for name, value in asked.items()}) == ["wanted"]
        assert found(state="any", moderator="moderator") == []
        move(comment, State.HIDDEN, moderator=moderator)
        assert found(state="any", moderator="moderator") == ["wanted"]

    def test_linked_domain(self, found, make_comment):
        comment = make_comment(text="wanted")
        make_comment(text="other")
        LinkedDomain.objects.create(comment=comment, domain="kettle.example")

        assert found(domain="Kettle.example") == ["wanted"]

    def test_orders(self, found, make_comment, make_reader):
        one, two, three = (
            make_comment(State.PUBLISHED, text=text, now=NOON + timedelta(hours=hour))
            for hour, text in enumerate(("one", "two", "three"))
        )
        change(one, points=10, spam_score=0.5)
        change(three, points=20)
        actions.report(comment=two, reader=make_reader(), reason=Report.Reason.OTHER, now=NOON)

        shown = {sort: found(state="published", sort=sort) for sort in Sort}

        assert shown[Sort.OLDEST] == ["one", "two", "three"]
        assert shown[Sort.NEWEST] == ["three", "two", "one"]
        assert shown[Sort.POINTS] == ["three", "one", "two"]
        assert shown[Sort.SPAM][0] == "one"
        assert shown[Sort.REPORTS][0] == "two"


@pytest.mark.django_db
def test_topics_say_what_waits_in_them_and_below_in_one_query(
    desk, admin, make_comment, make_article, django_assert_num_queries
):
    home = TopicPage.objects.get()
    kettles = home.add_child(instance=TopicPage(title="Kettles"))
    whistles = kettles.add_child(instance=TopicPage(title="Whistles"))
    home.add_child(instance=TopicPage(title="Pots"))
    both = make_article("Whistling", topics=[whistles, kettles])
    for _ in range(3):
        make_comment(article=both)
    make_comment(article=make_article("Kettle", topics=[kettles]))
    make_comment(State.PUBLISHED, article=both)
    make_comment()

    with django_assert_num_queries(1):
        waiting = {topic.title: topic.waiting for topic in topics_waiting(Scope())}

    assert waiting == {home.title: 4, "Kettles": 4, "Whistles": 3, "Pots": 0}
    assert f'?state=pending&amp;topic={whistles.pk}"' in desk.get("/admin/reader-comments/").content.decode()


@pytest.mark.django_db
class TestSavedViews:
    def save(self, client: Client, query: str = "state=any&points=40", **fields):
        return client.post(f"/admin/reader-comments/views/?{query}", {"name": "Hot ones"} | fields)

    def test_view_is_kept_under_its_name_and_leads_to_the_same_list(self, desk):
        answer = self.save(desk)

        assert answer["Location"] == "/admin/reader-comments/?state=any&points=40"
        page = desk.get("/admin/reader-comments/").content.decode()
        assert 'href="/admin/reader-comments/?state=any&amp;points=40"' in page
        assert "Hot ones" in page

    @pytest.mark.parametrize(("shared", "seen"), [({}, False), ({"is_shared": "on"}, True)])
    def test_others_see_it_if_it_is_shared_and_never_change_it(self, desk, client, make_user, shared, seen):
        self.save(desk, **shared)
        view = SavedView.objects.get()
        client.force_login(make_user("other", "Comment moderators"))

        assert ("?state=any&amp;points=40" in client.get("/admin/reader-comments/").content.decode()) is seen
        answer = client.post(f"/admin/reader-comments/views/{view.pk}/", {"name": "Mine", "delete": "1"})

        assert answer.status_code == (403 if seen else 404)
        assert SavedView.objects.get().name == "Hot ones"

    def test_owner_and_superuser_rename_share_and_delete_it(self, desk, client, admin):
        self.save(desk)
        address = f"/admin/reader-comments/views/{SavedView.objects.get().pk}/"

        desk.post(address, {"name": "Cold ones", "is_shared": "on"})
        assert list(SavedView.objects.values_list("name", "is_shared")) == [("Cold ones", True)]
        client.force_login(admin)
        client.post(address, {"delete": "1"})
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("fields", [{"name": ""}, {"name": "x" * 61}, {"name": "Hot ones"}])
    def test_view_without_a_name_of_its_own_is_not_stored(self, desk, fields):
        self.save(desk, query="q=first")

        answer = self.save(desk, query="q=second", **fields)

        assert answer.status_code == 422
        assert fields["name"] in answer.content.decode()
        assert SavedView.objects.get().query == "state=pending&q=first"
