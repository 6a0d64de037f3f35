"""The moderators' page of votes that were set aside."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from wagtail.models import PageLogEntry

from ratings import actions
from ratings.models import (
    Comment,
    HelpfulVote,
    ModeratedSection,
    Rating,
    RatingChange,
    RatingSummary,
    Standing,
    State,
)
from tests.conftest import NOON
from tests.journeys.hostile import FOLDER, hostile_strings
from tests.journeys.outline import outline

pytestmark = pytest.mark.django_db

WAVE = "12 votes came in a time in which 0.1 are usual."
NETWORK = "3fa2b1c0ffee3fa2b1c0ffee3fa2b1c0"


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def hold(article, make_reader):
    """Return a factory of ratings that were set aside."""

    def hold(stars: int = 1, *, reason: str = WAVE, **fields) -> Rating:
        fields.setdefault("article", article)
        sender = actions.Sender(network=NETWORK)
        rating = actions.rate(reader=make_reader(), stars=stars, now=NOON, sender=sender, **fields)
        return actions.judge_rating(rating=rating, standing=Standing.QUARANTINED, now=NOON, reason=reason)

    return hold


@pytest.fixture
def hold_helpful(make_comment, make_reader):
    """Return a factory of helpful votes that were set aside."""

    def hold(comment: Comment | None = None) -> HelpfulVote:
        comment = comment or make_comment(State.PUBLISHED)
        actions.find_helpful(comment=comment, reader=make_reader(), helpful=True, now=NOON)
        vote = HelpfulVote.objects.latest("pk")
        actions.judge_helpful(vote=vote, standing=Standing.QUARANTINED, reason=WAVE)
        return HelpfulVote.objects.get(pk=vote.pk)

    return hold


def page_of(desk: Client, query: str = "") -> str:
    return desk.get(f"/admin/held-votes/?{query}").content.decode()


def judge(desk: Client, vote: Rating | HelpfulVote, to: str, seen: str = "quarantined", **fields):
    of = "ratings" if isinstance(vote, Rating) else "helpful"
    return desk.post(f"/admin/held-votes/{vote.pk}/judge/?of={of}&standing={seen}", {"to": to} | fields)


def judge_all(desk: Client, article, to: str, count: int, seen: str = "quarantined", of: str = "ratings"):
    address = f"/admin/held-votes/article/{article.pk}/judge/?of={of}&standing={seen}"
    return desk.post(address, {"to": to, "count": count, "reason": "One campaign."})


def counted(article) -> int:
    return RatingSummary.objects.get(article=article).own_count


def test_list_shows_each_held_vote_with_its_reason_and_history_and_little_of_its_network(desk, hold, article):
    hold(2)

    page = page_of(desk)

    assert "Held votes (1)" in page
    assert article.title in page
    assert "★ 2 of 5" in page
    assert WAVE in page
    assert "Set aside for review" in page
    assert f"<code>{NETWORK[:6]}</code>" in page
    assert NETWORK[:7] not in page


def test_votes_that_count_and_such_as_were_taken_back_are_not_listed(desk, article, make_reader, hold):
    actions.rate(article=article, reader=make_reader(), stars=3, now=NOON)
    withdrawn = hold(2)
    actions.withdraw(rating=withdrawn, reader=withdrawn.reader, now=NOON)

    page = page_of(desk)

    assert "Held votes (0)" in page
    assert "of 5" not in page + page_of(desk, "standing=counted")


def test_helpful_vote_that_was_taken_back_does_not_wait_and_is_not_judged_with_the_others(desk, hold_helpful, article):
    kept, withdrawn = hold_helpful(), hold_helpful()
    actions.find_helpful(comment=withdrawn.comment, reader=withdrawn.reader, helpful=False, now=NOON)

    assert "Held votes (1)" in page_of(desk, "of=helpful")
    judge_all(desk, article, "rejected", 1, of="helpful")
    assert list(HelpfulVote.objects.filter(standing=Standing.REJECTED)) == [kept]


@pytest.mark.parametrize("query", ["of=pears", "standing=famous", "p=99999", "p=x", "of=%00&standing=%00"])
def test_address_typed_wrong_still_shows_a_list(desk, query):
    assert desk.get(f"/admin/held-votes/?{query}").status_code == 200


def test_released_vote_counts_and_is_vouched_for(desk, hold, article, moderator):
    rating = hold(5)
    assert counted(article) == 0

    answer = judge(desk, rating, "counted", reason="A class of students.")

    assert answer.status_code == 302
    rating.refresh_from_db()
    assert (rating.standing, rating.is_vouched_for, counted(article)) == (Standing.COUNTED, True, 1)
    last = RatingChange.objects.latest("pk")
    assert (last.moderator, last.reason) == (moderator, "A class of students.")


def test_every_judgment_can_be_undone_from_the_list_that_the_vote_is_in_then(desk, hold, article):
    rating = hold(5)

    for seen, to, number in (
        ("quarantined", "rejected", 0),
        ("rejected", "counted", 1),
        ("counted", "rejected", 0),
        ("rejected", "counted", 1),
    ):
        assert f"/held-votes/{rating.pk}/judge/" in page_of(desk, f"standing={seen}")
        judge(desk, rating, to, seen)
        assert counted(article) == number


def test_second_of_two_who_judge_one_vote_is_told_and_changes_nothing(desk, hold, article):
    rating = hold(5)
    judge(desk, rating, "rejected")

    answer = judge(desk, rating, "counted")

    assert "changed meanwhile" in desk.get(answer["Location"]).content.decode()
    assert counted(article) == 0


@pytest.mark.parametrize(("to", "number"), [("counted", 12), ("rejected", 0)])
def test_all_votes_of_an_article_are_judged_at_once_and_no_others(desk, hold, article, make_article, to, number):
    for _ in range(12):
        hold(1)
    elsewhere = hold(1, article=make_article("Another"))
    assert re.search(r"Release\s+all\s+12", page_of(desk))

    answer = judge_all(desk, article, to, 12)

    assert answer.status_code == 302
    assert "12 votes" in desk.get(answer["Location"]).content.decode()
    assert list(Rating.objects.quarantined()) == [elsewhere]
    assert counted(article) == number
    assert RatingChange.objects.filter(reason="One campaign.").count() == 12


class TestUndo:
    """What was judged in one go is as before again, from the message that tells of it."""

    def link(self, desk: Client, judged) -> str:
        """Return where the link in the latest message after a judgment leads."""
        return re.findall(r"/admin/held-votes/undo/[^/]+/", desk.get(judged["Location"]).content.decode())[-1]

    def undo(self, desk: Client, judged):
        """Follow the link, and press the button."""
        address = self.link(desk, judged)
        assert desk.get(address).status_code == 200
        return desk.post(address)

    def test_all_that_were_rejected_at_once_are_held_again_and_no_others(self, desk, hold, article):
        earlier, *votes = [hold(1) for _ in range(4)]
        judge(desk, earlier, "rejected")

        undone = self.undo(desk, judge_all(desk, article, "rejected", 3))

        assert set(Rating.objects.quarantined()) == set(votes)
        assert "3 votes: Set aside for review." in desk.get(undone["Location"]).content.decode()

    def test_released_vote_is_held_again_is_not_vouched_for_and_the_undoing_can_be_undone(self, desk, hold, article):
        rating = hold(5)
        seen = []

        judged = judge(desk, rating, "counted")
        for _ in range(2):
            judged = self.undo(desk, judged)
            rating.refresh_from_db()
            seen.append((rating.standing, rating.is_vouched_for, counted(article)))

        assert seen == [(Standing.QUARANTINED, False, 0), (Standing.COUNTED, True, 1)]

    def test_sending_it_twice_and_what_was_judged_since_change_nothing(self, desk, hold, article):
        first = hold(1)
        hold(1)
        address = self.link(desk, judge_all(desk, article, "rejected", 2))
        judge(desk, first, "counted", seen="rejected")

        desk.post(address)
        again = desk.post(address)

        assert "nothing was stored" in desk.get(again["Location"]).content.decode()
        standings = Rating.objects.order_by("pk").values_list("standing", flat=True)
        assert list(standings) == [Standing.COUNTED, Standing.QUARANTINED]

    def test_helpful_votes_likewise(self, desk, hold_helpful, article):
        vote = hold_helpful()

        self.undo(desk, judge(desk, vote, "counted"))

        vote.refresh_from_db()
        assert (vote.standing, vote.comment.helpful_count) == (Standing.QUARANTINED, 0)

    def test_guessed_address_is_not_found(self, desk):
        assert desk.post("/admin/held-votes/undo/11111111-1111-4111-8111-111111111111/").status_code == 404


def test_helpful_vote_keeps_why_it_was_set_aside_beside_why_it_was_judged(desk, hold_helpful, moderator):
    vote = hold_helpful()

    judge(desk, vote, "rejected", reason="One campaign.")

    page = page_of(desk, "of=helpful&standing=rejected")
    assert WAVE in page
    assert "One campaign." in page
    assert moderator.username in page


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        ("quarantined", "With the votes listed here: 3.6 of 6."),
        ("counted", "Without the votes listed here: 4.6 of 3."),
    ],
)
def test_list_shows_what_the_votes_make_of_the_mean(desk, hold, article, make_reader, moderator, seen, sentence):
    for stars in (5, 5, 4):
        actions.rate(article=article, reader=make_reader(), stars=stars, now=NOON)
    votes = [hold(stars) for stars in (2, 3, 3)]
    if seen == "counted":
        for vote in votes:
            actions.judge_rating(rating=vote, standing=Standing.COUNTED, now=NOON, moderator=moderator)

    page = page_of(desk, f"standing={seen}")

    now = "3.6 of 6" if seen == "counted" else "4.6 of 3"
    assert f"Its mean now: {now} ratings." in page
    assert sentence in page


def test_votes_are_judged_in_chunks_and_what_was_done_before_the_database_stayed_busy_is_told(
    desk, hold, article, monkeypatch
):
    monkeypatch.setattr("ratings.desk.votes.CHUNK", 2)
    votes = [hold(1) for _ in range(5)]
    real = actions.judge_rating

    def fails_at_the_fourth(**judgment):
        if judgment["rating"] == votes[3]:
            raise OperationalError("database is locked")
        return real(**judgment)

    monkeypatch.setattr(actions, "judge_rating", fails_at_the_fourth)
    answer = judge_all(desk, article, "counted", 5)

    page = desk.get(answer["Location"]).content.decode()
    assert "2 votes: Counted." in page
    assert "The rest could not be stored just now." in page
    assert list(Rating.objects.quarantined().order_by("pk")) == votes[2:]
    assert counted(article) == 2


class TestSections:
    """A moderator of another section sees nothing of it, and what they try is written down."""

    @pytest.fixture(autouse=True)
    def _elsewhere(self, moderator, make_article):
        group = moderator.groups.get()
        ModeratedSection.objects.create(group=group, page=make_article("The only one they moderate"))

    def test_list_has_the_votes_of_their_section_only(self, desk, hold, hold_helpful, moderator):
        own = ModeratedSection.objects.get().page
        hold(1)
        hold_helpful()
        hold(2, article=own.specific)

        page = page_of(desk)

        assert "Held votes (1)" in page
        assert page.count('class="desk-card"') == 1
        assert "★ 2 of 5" in page
        assert page_of(desk, "of=helpful").count('class="desk-card"') == 0

    def test_what_is_not_theirs_is_refused_and_written_down(self, desk, hold, hold_helpful, article):
        rating, vote = hold(1), hold_helpful()

        answers = [
            judge(desk, rating, "counted"),
            judge(desk, vote, "counted"),
            judge_all(desk, article, "counted", 1),
            judge_all(desk, article, "counted", 1, of="helpful"),
        ]

        assert [answer.status_code for answer in answers] == [403] * 4
        assert counted(article) == 0
        assert HelpfulVote.objects.get().standing == Standing.QUARANTINED
        assert PageLogEntry.objects.filter(action="ratings.refuse", page=article.pk).count() == 4

    def test_judgment_of_another_section_is_not_undone(self, desk, hold, admin, article):
        rating = hold(1)
        desk.force_login(admin)
        judge(desk, rating, "rejected")
        address = f"/admin/held-votes/undo/{PageLogEntry.objects.get(action='ratings.judge_rating').uuid}/"
        desk.force_login(User.objects.get(username="moderator"))

        desk.post(address)

        rating.refresh_from_db()
        assert rating.standing == Standing.REJECTED


@pytest.mark.parametrize("vote", [99_999, 10**30])
def test_forged_vote_is_not_found(desk, vote):
    for of in ("ratings", "helpful"):
        address = f"/admin/held-votes/{vote}/judge/?of={of}"
        assert desk.post(address, {"to": "counted"}).status_code in (404, 409)


def test_votes_that_came_after_the_count_was_shown_are_not_judged_unseen(desk, hold, article):
    hold(1)
    hold(1)

    answer = judge_all(desk, article, "counted", 1)

    assert "changed meanwhile" in desk.get(answer["Location"]).content.decode()
    assert Rating.objects.quarantined().count() == 2


def test_all_or_none_are_judged(desk, hold, article, monkeypatch):
    hold(1)
    last = hold(1)
    real = actions.judge_rating

    def fails_at_the_last(**judgment):
        if judgment["rating"] == last:
            raise RuntimeError("the database is gone")
        return real(**judgment)

    monkeypatch.setattr(actions, "judge_rating", fails_at_the_last)
    with pytest.raises(RuntimeError):
        judge_all(desk, article, "counted", 2)

    assert (Rating.objects.quarantined().count(), counted(article)) == (2, 0)


def test_wave_over_more_than_a_page_is_counted_and_judged_as_a_whole(desk, hold, article):
    hold(1)
    Rating.objects.bulk_create(
        Rating(
            article=article,
            reader=actions.admit(user=None, token="").reader,
            stars=1,
            standing=Standing.QUARANTINED,
            created_at=NOON,
            changed_at=NOON,
        )
        for _ in range(59)
    )

    assert re.search(r"Reject\s+all\s+60", page_of(desk))
    assert re.search(r"Reject\s+all\s+60", page_of(desk, "p=2"))
    judge_all(desk, article, "rejected", 60)
    assert not Rating.objects.quarantined().exists()


def test_helpful_votes_are_judged_likewise(desk, hold_helpful, make_comment, article):
    comment = make_comment(State.PUBLISHED)
    one = hold_helpful(comment)
    for _ in range(2):
        hold_helpful(comment)
    assert "Held votes (3)" in page_of(desk, "of=helpful")
    assert comment.name in page_of(desk, "of=helpful")

    judge(desk, one, "counted")
    comment.refresh_from_db()
    assert comment.helpful_count == 1
    judge_all(desk, article, "counted", 2, of="helpful")
    comment.refresh_from_db()
    assert comment.helpful_count == 3
    judge(desk, one, "rejected", seen="counted")
    comment.refresh_from_db()
    assert comment.helpful_count == 2


def test_history_of_the_article_tells_of_judgments_by_people_only(desk, hold, hold_helpful, article, admin):
    rating, vote = hold(2), hold_helpful()
    judge(desk, rating, "rejected", reason="<i>One</i> campaign.")
    judge(desk, vote, "counted")
    desk.force_login(admin)

    page = desk.get(f"/admin/pages/{article.pk}/history/").content.decode()

    assert f"Rating {rating.pk}, 2 of 5 stars: Set aside for review → Rejected" in page
    assert "&lt;i&gt;One&lt;/i&gt; campaign." in page
    assert f"Helpful vote {vote.pk} for reader comment {vote.comment_id}: Set aside for review → Counted" in page
    assert "→ Set aside for review" not in page


@pytest.mark.parametrize(
    "fields", [{"to": "quarantined"}, {"to": "famous"}, {"to": ""}, {"reason": "x" * 301}, {"to": "counted\0"}]
)
def test_judgment_that_cannot_be_read_changes_nothing(desk, hold, article, fields):
    rating = hold(1)

    answer = judge(desk, rating, **({"to": "counted"} | fields))

    assert "could not be read" in desk.get(answer["Location"]).content.decode()
    assert counted(article) == 0


@pytest.mark.parametrize("votes", [3, 30])
@pytest.mark.parametrize("of", ["ratings", "helpful"])
def test_list_takes_the_same_queries_for_3_and_for_30(desk, hold, hold_helpful, django_assert_num_queries, votes, of):
    for _ in range(votes):
        (hold if of == "ratings" else hold_helpful)()
    page_of(desk)  # fills the caches of content types and sites

    # Eight of the admin; what every page of the desk takes; the sections of the moderator, the count of the page, the
    # votes and how they were judged; of ratings the summaries and what the votes would change in them.
    with django_assert_num_queries(19 if of == "ratings" else 17):
        page = page_of(desk, f"of={of}")

    assert page.count('class="desk-card"') == votes


def test_hostile_words_add_nothing_to_the_page(desk, hold, article, moderator):
    rating = hold(1, reason="harmless")
    moderator.username = "harmless"

    def outline_with(hostile: str):
        Rating.objects.update(reason=hostile[:500], network=hostile[:32] or "x")
        RatingChange.objects.update(reason=hostile[:500])
        type(article).objects.filter(pk=article.pk).update(title=hostile[:255])
        return outline(page_of(desk))

    harmless = outline_with("harmless")
    for hostile in hostile_strings(FOLDER / "markup.txt"):
        assert outline_with(hostile) == harmless, hostile
    assert Rating.objects.get() == rating
