"""The moderators' list in the admin."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from ratings import actions
from ratings.desk.listing import reported
from ratings.models import AggregateCheck, Badge, Comment, Decision, Kind, Reader, Report, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON
from tests.journeys.hostile import FOLDER, hostile_strings
from tests.journeys.outline import Tag, outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


def post(client: Client, comment: Comment, door: str, **fields):
    version = Comment.objects.values_list("version", flat=True).get(pk=comment.pk)
    return client.post(f"/admin/reader-comments/{comment.pk}/{door}/", {"version": version} | fields)


def decide(client: Client, comment: Comment, to: str, **fields):
    return post(client, comment, "decide", **({"to": to, "version": 1} | fields))


def report(comment: Comment, reader: Reader, reason: str = "other", **fields) -> Report:
    fields.setdefault("now", NOON)
    return actions.report(comment=comment, reader=reader, reason=Report.Reason(reason), **fields)


def words_of(answer) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split()).replace(" ,", ",")


def test_list_shows_what_waits_with_the_reasons(desk, make_comment):
    waiting = make_comment(text="I *wait*", name="Ruth")
    Comment.objects.filter(pk=waiting.pk).update(trace=[{"rule": "links", "points": 20, "reason": "Two links."}])
    make_comment(State.PUBLISHED, text="already shown")

    page = desk.get("/admin/reader-comments/").content.decode()

    assert "I <em>wait</em>" in page
    assert "Two links." in page
    assert "already shown" not in page


@pytest.mark.parametrize("state", list(State))
def test_list_of_each_state_opens(desk, make_comment, state):
    make_comment(state, text="a comment in its state")

    assert "a comment in its state" in desk.get(f"/admin/reader-comments/?state={state}").content.decode()


@pytest.mark.parametrize("query", ["state=famous", "p=99999", "p=x", "state=%00"])
def test_address_typed_wrong_still_shows_a_list(desk, query):
    assert desk.get(f"/admin/reader-comments/?{query}").status_code == 200


def test_every_comment_can_be_reached_by_the_links_of_the_list(desk, make_comment, reader):
    for number in range(26):
        make_comment(State.SPAM, text=f"number-{number:02}", reader=reader)

    first = desk.get("/admin/reader-comments/?state=spam").content.decode()
    link = re.search(r'<li class="next">\s*<a href="([^"]+)"', first)[1]
    second = desk.get("/admin/reader-comments/" + unescape(link)).content.decode()

    assert "number-25" not in first
    assert "number-25" in second


@pytest.mark.parametrize("to", ["published", "rejected", "spam"])
def test_each_button_moves_the_comment(desk, make_comment, moderator, to):
    comment = make_comment()

    answer = decide(desk, comment, to, reason="Read and judged.")

    assert answer.status_code == 302
    comment.refresh_from_db()
    assert comment.state == to
    assert list(Decision.objects.values_list("moderator__username", "reason")) == [("moderator", "Read and judged.")]


def test_second_moderator_gets_told_who_was_first_and_keeps_the_reason(desk, make_comment, make_user):
    comment = make_comment()
    first = make_user("first-moderator")
    actions.decide(comment=comment, version=1, to=State.PUBLISHED, moderator=first, now=NOON)

    answer = decide(desk, comment, "spam", reason="My long note.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "first-moderator" in page
    assert "Published" in page
    assert "My long note." in page
    comment.refresh_from_db()
    assert comment.state == State.PUBLISHED


@pytest.mark.parametrize(
    "fields", [{"to": "erased"}, {"to": ""}, {"version": "x"}, {"version": ""}, {"reason": "x" * 301}]
)
def test_decision_that_cannot_be_read_changes_nothing(desk, make_comment, fields):
    comment = make_comment()

    answer = decide(desk, comment, **({"to": "published"} | fields))

    assert answer.status_code == 422
    assert fields.get("reason", "") in answer.content.decode()
    comment.refresh_from_db()
    assert (comment.state, comment.version) == (State.PENDING, 1)


def test_decision_by_get_does_not_exist(desk, make_comment):
    assert desk.get(f"/admin/reader-comments/{make_comment().pk}/decide/").status_code == 405


def test_decision_needs_the_token_of_the_admin(make_comment, moderator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    comment = make_comment()

    assert decide(client, comment, "published").status_code == 403
    comment.refresh_from_db()
    assert comment.state == State.PENDING


@pytest.mark.parametrize("comments", [1, 3, 25])
@pytest.mark.parametrize("query", ["state=published", "reported=1"])
def test_list_takes_the_same_queries_for_any_number(
    desk, make_comment, make_reader, moderator, django_assert_num_queries, comments, query
):
    for _ in range(comments):
        comment = make_comment()
        actions.decide(comment=comment, version=1, to=State.PUBLISHED, moderator=moderator, now=NOON)
        writer, words = comment.reader, Verdict(state=State.PUBLISHED)
        actions.edit(comment=comment, reader=writer, text="Better words.", verdict=words, version=2, now=NOON)
        report(comment, make_reader())
    desk.get("/admin/reader-comments/")  # fills the caches of content types and sites

    # The admin's own (session, account, permissions, profile, locales, what the account may explore) are eight. Ours
    # are twelve: the sections, what waits by topic, the saved views, the canned texts, all counts on top, what waits
    # too long, the last check of kept numbers, the comments with articles, parents and leases, their decisions,
    # wordings and reports, and the history of everybody who wrote or reported.
    with django_assert_num_queries(9 + 12):
        page = desk.get(f"/admin/reader-comments/?{query}").content.decode()

    assert page.count('class="desk-card"') == comments


def test_card_tells_what_the_comment_is(desk, make_comment, reader, article):
    actions.rate(article=article, reader=reader, stars=4, now=NOON)
    make_comment(State.PUBLISHED, kind=Kind.REVIEW, reader=reader)
    Comment.objects.update(badge=Badge.REVIEWER)

    page = words_of(desk.get("/admin/reader-comments/?state=published"))

    assert "Review, ★ 4 of 5, Reviewer" in page


def test_card_leads_to_the_comment_on_its_page(desk, client, make_comment):
    comment = make_comment(State.PUBLISHED)

    page = desk.get("/admin/reader-comments/?state=published").content.decode()

    assert f'href="/comments/{comment.public_id}/"' in page
    assert client.get(f"/comments/{comment.public_id}/").status_code == 302


def test_card_of_what_no_reader_sees_leads_nowhere(desk, make_comment):
    comment = make_comment()

    assert str(comment.public_id) not in desk.get("/admin/reader-comments/").content.decode()


def test_earlier_wordings_of_an_edited_comment_are_shown(desk, make_comment):
    comment = make_comment(text="The first wording")
    verdict = Verdict(state=State.PENDING)
    actions.edit(comment=comment, reader=comment.reader, text="The second", verdict=verdict, version=1, now=NOON)

    page = words_of(desk.get("/admin/reader-comments/"))

    assert "The second" in page
    assert "1 earlier wording" in page
    assert "The first wording" in page


def test_decision_on_words_that_were_edited_meanwhile_is_refused(desk, make_comment):
    comment = make_comment(text="Harmless")
    verdict = Verdict(state=State.PENDING)
    actions.edit(comment=comment, reader=comment.reader, text="Harmful", verdict=verdict, version=1, now=NOON)

    answer = decide(desk, comment, "published", reason="It is harmless.")

    assert answer.status_code == 409
    assert "It is harmless." in answer.content.decode()
    assert Comment.objects.get().state == State.PENDING


def test_published_comments_can_be_hidden_and_no_others(desk, make_comment):
    make_comment()
    comment = make_comment(State.PUBLISHED)

    assert "Hide: comment by" not in desk.get("/admin/reader-comments/").content.decode()
    assert f"Hide: comment by {comment.name}" in desk.get("/admin/reader-comments/?state=published").content.decode()
    decide(desk, comment, "hidden")
    comment.refresh_from_db()
    assert comment.state == State.HIDDEN


def test_moderator_comes_back_to_the_page_of_the_list_that_they_left(desk, make_comment):
    comment = make_comment(State.PUBLISHED)

    answer = desk.post(
        f"/admin/reader-comments/{comment.pk}/decide/?reported=1&p=2&next=https://evil.example/",
        {"to": "hidden", "version": 1},
    )

    assert answer["Location"] == "/admin/reader-comments/?reported=1&p=2"


class TestReports:
    def test_reported_comments_come_latest_report_first_with_reasons_and_notes_and_no_names(
        self, desk, make_comment, make_reader, make_user
    ):
        reporter = actions.admit(user=make_user("tattler"), token="").reader
        first, second, calm = (make_comment(State.PUBLISHED, text=text) for text in ("one", "two", "three"))
        report(second, make_reader(), "abuse")
        report(second, make_reader(), "abuse", note="He calls me names.", now=NOON + timedelta(hours=1))
        report(first, reporter, "dangerous", now=NOON + timedelta(hours=2))

        page = words_of(desk.get("/admin/reader-comments/?reported=1"))

        assert "Reported (2)" in page
        assert page.index("It gives advice that could hurt somebody (1)") < page.index("It insults or threatens (2)")
        assert "He calls me names." in page
        assert calm.name not in page
        assert "tattler" not in page

    def test_comment_that_a_moderator_hid_is_reported_no_more_not_even_when_approved_again(
        self, desk, make_comment, make_reader
    ):
        comment = make_comment(State.PUBLISHED)
        report(comment, make_reader())

        decide(desk, comment, "hidden")
        assert not reported().exists()
        decide(desk, comment, "published", version=2)
        assert not reported().exists()

        report(Comment.objects.get(), make_reader(), "abuse")
        assert reported().exists()

    def test_comment_that_is_kept_is_reported_no_more_and_was_never_away(self, desk, make_comment, make_reader):
        comment = make_comment(State.PUBLISHED)
        report(comment, make_reader())
        assert "Keep it: comment by" in desk.get("/admin/reader-comments/?reported=1").content.decode()

        decide(desk, comment, State.PUBLISHED, reason="It is true.")

        comment.refresh_from_db()
        assert (comment.state, comment.version, comment.listed) == (State.PUBLISHED, 2, True)
        assert not reported().exists()
        assert "Keep it" not in desk.get("/admin/reader-comments/?state=published").content.decode()

    def test_edit_by_its_writer_answers_no_report(self, make_comment, make_reader):
        comment = make_comment(State.PUBLISHED)
        report(comment, make_reader())
        for text, state in (("Other words", State.PENDING), ("And others", State.PUBLISHED)):
            comment = actions.edit(
                comment=comment,
                reader=comment.reader,
                text=text,
                verdict=Verdict(state=state),
                version=comment.version,
                now=NOON,
            )

        assert Report.objects.open().exists()


class TestHighlights:
    def test_comment_is_pinned_instead_of_another_and_let_go(self, desk, make_comment):
        one, other = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED)

        for comment, pinned in ((one, "1"), (other, "1")):
            assert post(desk, comment, "pin", pinned=pinned).status_code == 302
        assert list(Comment.objects.filter(is_pinned=True)) == [other]

        post(desk, other, "pin", pinned="0")
        assert not Comment.objects.filter(is_pinned=True).exists()

    def test_pick_has_a_reason_that_readers_see_and_ends_without_one(self, desk, make_comment):
        comment = make_comment(State.PUBLISHED)

        post(desk, comment, "pick", reason="Says it best.")
        assert Comment.objects.get().pick_reason == "Says it best."

        post(desk, comment, "pick")
        assert Comment.objects.get().pick_reason == ""

    def test_reply_cannot_be_pinned_and_its_card_does_not_offer_it(self, desk, make_comment):
        first = make_comment(State.PUBLISHED)
        reply = make_comment(State.PUBLISHED, parent=first)

        page = desk.get("/admin/reader-comments/?state=published").content.decode()

        assert f"/{first.pk}/pin/" in page
        assert f"/{reply.pk}/pin/" not in page
        assert post(desk, reply, "pin", pinned="1").status_code == 409
        assert not Comment.objects.filter(is_pinned=True).exists()

    def test_what_readers_do_not_see_is_neither_pinned_nor_picked(self, desk, make_comment):
        comment = make_comment()

        assert post(desk, comment, "pin", pinned="1").status_code == 409
        answer = post(desk, comment, "pick", reason="My long praise.")

        assert answer.status_code == 409
        assert "My long praise." in answer.content.decode()
        assert list(Comment.objects.values_list("is_pinned", "pick_reason")) == [(False, "")]

    @pytest.mark.parametrize(
        ("door", "fields"), [("pin", {}), ("pin", {"pinned": "maybe"}), ("pick", {"reason": "x" * 201})]
    )
    def test_form_that_cannot_be_read_changes_nothing(self, desk, make_comment, door, fields):
        comment = make_comment(State.PUBLISHED)

        answer = post(desk, comment, door, **fields)

        assert answer.status_code == 422
        assert fields.get("reason", "") in answer.content.decode()
        assert list(Comment.objects.values_list("is_pinned", "pick_reason")) == [(False, "")]

    def test_history_of_the_article_tells_of_each(self, desk, make_comment, article, admin):
        comment = make_comment(State.PUBLISHED, name="<b>Ruth</b>")
        post(desk, comment, "pin", pinned="1")
        post(desk, comment, "pick", reason="Says it best.")
        post(desk, comment, "pick")
        post(desk, comment, "pin", pinned="0")
        desk.force_login(admin)

        page = desk.get(f"/admin/pages/{article.pk}/history/").content.decode()

        for told in ("pinned", "editors’ pick", "no editors’ pick any more", "no longer pinned"):
            assert f"Reader comment {comment.pk}: {told}" in page
        assert "Ruth" not in page
        assert "Says it best." in page


class TestKeptNumbers:
    def test_page_says_that_they_were_never_compared(self, desk):
        assert "were never compared with a recount" in words_of(desk.get("/admin/reader-comments/"))

    def test_last_check_is_told_calmly_if_nothing_was_wrong(self, desk):
        AggregateCheck.objects.create(finished_at=NOON - timedelta(days=1), compared=1, wrong=1, repaired=0)
        AggregateCheck.objects.create(finished_at=NOON, compared=12345, wrong=0, repaired=0)

        page = desk.get("/admin/reader-comments/")

        assert "compared 12,345 kept numbers with a recount: 0 wrong." in words_of(page)
        assert "help-warning" not in page.content.decode()

    def test_wrong_numbers_are_a_warning(self, desk):
        AggregateCheck.objects.create(finished_at=NOON, compared=12345, wrong=2, repaired=1)

        page = desk.get("/admin/held-votes/")

        assert "with a recount: 2 wrong. Repaired: 1." in words_of(page)
        assert "help-warning" in page.content.decode()


@pytest.mark.parametrize("state", [State.PENDING, State.PUBLISHED])
def test_hostile_words_add_nothing_to_the_page(desk, make_comment, make_reader, moderator, move, state):
    def outline_with(hostile: str) -> set[Tag]:
        comment = make_comment(state, text="words", name=hostile[:80] or "x")
        if state == State.PUBLISHED:
            report(comment, make_reader(), note=hostile)
            actions.pick(now=NOON, comment=comment, reason=hostile[:200], moderator=moderator)
        page = desk.get(f"/admin/reader-comments/?state={state}").content.decode()
        move(comment, State.SPAM, reason=hostile[:300])
        return set(outline(page))

    harmless = outline_with("harmless")
    for hostile in hostile_strings(FOLDER / "markup.txt"):
        assert outline_with(hostile) == harmless, hostile

    spam = desk.get("/admin/reader-comments/?state=spam").content.decode()
    assert {name for name, _attributes in outline(spam)}.isdisjoint({"img", "iframe", "object", "embed", "marquee"})
