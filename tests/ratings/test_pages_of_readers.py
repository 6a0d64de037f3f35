"""What readers see of ratings and comments, without scripts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from articles.models import Contributor
from authors.models import Credential
from ratings import actions
from ratings.models import Comment, Kind, Reader, State
from ratings.templatetags.ratings import star_signs
from tests.conftest import NOON
from tests.ratings.posting import edit, written
from tests.ratings.reading import look, queries_of, words

pytestmark = pytest.mark.django_db

MOST_BYTES = 95_000
"""Of the HTML of the comments on a full page."""


def standing_as(page: BeautifulSoup, comment: Comment) -> str:
    """Return the words that stand in the place of a comment."""
    return words(page.find(id=f"comment-{comment.public_id}"))


@pytest.fixture
def voted(article, make_reader):
    """Return a function that gives the article one rating for each number of stars."""

    def vote(*stars: int) -> list:
        return [actions.rate(article=article, reader=make_reader(), stars=given, now=NOON) for given in stars]

    return vote


@pytest.fixture
def works_on(article, author, make_user):
    """Return a function that makes the author page's person a contributor, and returns them as a reader."""

    def contribute(role: str = Contributor.Role.AUTHOR) -> Reader:
        author.account = make_user("ada")
        author.save()
        article.contributors = [Contributor(author=author, role=role)]
        article.save_revision().publish()
        return Reader.objects.create(user=author.account)

    return contribute


class TestRating:
    def test_histogram_is_a_table_whose_rows_lead_to_the_reviews(self, client, article, voted):
        voted(5, 5, 3)

        table = look(client, article.url).select_one("#rating table")

        rows = [[words(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
        assert rows == [
            ["5 stars", "67 %", "2"],
            ["4 stars", "0 %", "0"],
            ["3 stars", "33 %", "1"],
            ["2 stars", "0 %", "0"],
            ["1 star", "0 %", "0"],
        ]
        assert [link["href"] for link in table.select("a")] == [f"?stars={stars}#comments" for stars in (5, 4, 3, 2, 1)]

    def test_it_says_how_many_came_with_words(self, client, article, voted, make_review):
        voted(4)
        make_review(5)

        rating = look(client, article.url).select_one("#rating")

        assert words(rating.select_one("a[href='?sort=stars#comments']")) == "1 of them came with words"

    def test_it_says_how_many_rated_an_earlier_version(self, client, article, voted, dated):
        voted(4, 5)
        dated(article, NOON - timedelta(days=30), date(2026, 11, 3))
        assert "2 of 2 rated an earlier version" in words(look(client, article.url).select_one("#rating"))

    def test_it_says_nothing_of_what_there_is_not(self, client, article):
        text = words(look(client, article.url).select_one("#rating"))

        assert "No reviews yet" in text
        assert not [part for part in ("came with words", "earlier version", "before this site") if part in text]


class TestComments:
    def test_each_says_who_when_and_where_to_find_it_again(self, client, article, make_comment):
        shown = make_comment(State.PUBLISHED, name="Ruth")

        place = look(client, article.url).find(id=f"comment-{shown.public_id}")

        assert words(place.select_one("h3")) == "Ruth"
        permalink = place.select_one("a:has(time)")
        assert (permalink["href"], permalink["rel"]) == (f"/comments/{shown.public_id}/", ["nofollow"])
        assert words(permalink) == "Nov. 2, 2026"

    def test_each_action_says_whose_comment_it_is_about(self, client, article, make_comment):
        shown = make_comment(State.PUBLISHED, name="Ruth")
        actions.find_helpful(comment=shown, reader=Reader.objects.create(), helpful=True, now=NOON)

        place = look(client, article.url).find(id=f"comment-{shown.public_id}")

        names = [words(action) for action in place.select("button, .comment-actions a")]
        assert names == ["Helpful (1): comment by Ruth", "Reply to Ruth", "Report the comment by Ruth"]

    def test_question_and_review_are_told_from_comments(self, client, article, make_comment, make_review):
        plain, question = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED, kind=Kind.QUESTION)
        review = make_review(4)

        page = look(client, article.url)

        labels = [
            [words(label) for label in page.select(f"#comment-{each.public_id} .label")]
            for each in (plain, question, review)
        ]
        assert labels == [[], ["Question"], ["Review ★★★★☆ 4 of 5 stars"]]

    def test_review_whose_rating_was_taken_back_has_no_stars(self, client, article, make_review):
        review = make_review(4)
        rating = article.ratings.get()
        actions.withdraw(rating=rating, reader=rating.reader, now=NOON)

        assert "stars" not in standing_as(look(client, article.url), review)

    def test_badge_is_drawn_by_account_and_leads_to_the_author(self, client, article, author, works_on, make_comment):
        by_author = make_comment(State.PUBLISHED, reader=works_on(), name="Ada Brook")
        by_guest = make_comment(State.PUBLISHED, name="Ada Brook, Author ✓")

        page = look(client, article.url)

        badge = page.select_one(f"#comment-{by_author.public_id} .badge a")
        assert (words(badge), badge["href"]) == ("Author", author.url)
        assert not page.select(f"#comment-{by_guest.public_id} .badge")

    def test_badge_of_a_person_without_a_page_leads_nowhere(self, client, article, author, works_on, make_comment):
        shown = make_comment(State.PUBLISHED, reader=works_on(), name="Ada Brook")
        author.unpublish()

        badge = look(client, article.url).select_one(f"#comment-{shown.public_id} .badge")

        assert (words(badge), badge.a) == ("Author", None)

    def test_reviewer_shows_credentials(self, client, article, author, works_on, make_comment):
        shown = make_comment(State.PUBLISHED, reader=works_on(Contributor.Role.REVIEWER), name="Ada Brook")
        Credential.objects.create(author=author, degree="MD", sort_order=1)
        Credential.objects.create(author=author, degree="PhD", sort_order=2)

        head = look(client, article.url).select(f"#comment-{shown.public_id} header > *")

        assert [words(part) for part in head] == ["Ada Brook", "Reviewer", "MD, PhD", "Nov. 2, 2026"]

    def test_question_says_that_it_was_answered(self, client, article, works_on, make_comment):
        reader = works_on()
        answered = make_comment(State.PUBLISHED, kind=Kind.QUESTION)
        open_question = make_comment(State.PUBLISHED, kind=Kind.QUESTION)
        make_comment(State.PUBLISHED, parent=answered, reader=reader)
        make_comment(State.PUBLISHED, parent=open_question)

        page = look(client, article.url)

        assert "Answered by author or reviewer" in standing_as(page, answered)
        assert "Answered" not in standing_as(page, open_question)

    def test_pinned_comment_and_editors_pick_say_so(self, client, article, make_comment, moderator):
        pinned, picked = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED)
        actions.pin(now=NOON, comment=pinned, pinned=True, moderator=moderator)
        actions.pick(now=NOON, comment=picked, reason="It says <what> helped.", moderator=moderator)

        page = look(client, article.url)

        first = page.select_one(".threads > li .comment")
        assert (first["id"], "Pinned" in words(first)) == (f"comment-{pinned.public_id}", True)
        assert "Editors’ pick: It says <what> helped." in standing_as(page, picked)

    def test_deep_reply_names_whom_it_answers(self, client, article, make_comment, move):
        first = make_comment(State.PUBLISHED)
        reply = make_comment(State.PUBLISHED, parent=first, name="Anna")
        answer = make_comment(State.PUBLISHED, parent=reply)

        assert "in reply to Anna" in standing_as(look(client, article.url), answer)
        assert "in reply to" not in standing_as(look(client, article.url), reply)

        move(reply, State.HIDDEN)
        assert "in reply to a comment that is no longer shown" in standing_as(look(client, article.url), answer)

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            (State.DELETED, "This comment was deleted by its author."),
            (State.ERASED, "This comment was deleted by its author."),
            (State.HIDDEN, "A moderator removed this comment."),
            (State.SPAM, "A moderator removed this comment."),
            (State.PENDING, "This comment is being looked at again."),
        ],
    )
    def test_what_is_not_published_leaves_one_line_above_its_replies(
        self, client, article, make_comment, move, state, sentence
    ):
        gone = make_comment(State.PUBLISHED, name="Troll", text="Vile words")
        reply = make_comment(State.PUBLISHED, parent=gone)
        if state in (State.ERASED, State.PENDING, State.SPAM):
            move(gone, State.HIDDEN)
        Comment.objects.filter(pk=gone.pk).update(state=state)

        page = look(client, article.url)

        place = page.find(id=f"comment-{gone.public_id}")
        assert (words(place), place.find_all(True)) == (sentence, [])
        assert "Troll" not in page.get_text()
        assert "Vile words" not in page.get_text()
        assert page.find(id=f"comment-{reply.public_id}")

    def test_long_thread_is_one_link_away(self, client, article, make_comment):
        first = make_comment(State.PUBLISHED)
        replies = [make_comment(State.PUBLISHED, parent=first) for _ in range(5)]

        page = look(client, article.url)
        link = page.select_one(".more-replies a")
        thread = look(client, f"{article.url}{link['href'].partition('#')[0]}")

        assert words(link).startswith("Show 3 more replies")
        assert link["href"] == f"?thread={first.public_id}#comment-{first.public_id}"
        assert not page.find(id=f"comment-{replies[-1].public_id}")
        assert thread.find(id=f"comment-{replies[-1].public_id}")
        assert [words(each) for each in thread.select(".selected a")] == ["All comments"]
        assert thread.select_one(".selected a")["href"] == f"{article.url}#comments"

    def test_edited_comment_says_so(self, client, article, move):
        comment = written(client, article)
        edit(client, comment, "Other words.")
        move(comment, State.PUBLISHED)

        assert "edited" in words(look(client, article.url).select_one(f"#comment-{comment.public_id} .comment-date"))

    def test_they_take_the_same_queries_whatever_they_show(self, client, article, make_comment, make_review, works_on):
        reader = works_on()
        make_comment(State.PUBLISHED, reader=reader)

        def write() -> None:
            review = make_review()
            reply = make_comment(State.PUBLISHED, parent=review, reader=reader)
            make_comment(State.PUBLISHED, parent=reply)

        write()
        before = queries_of(client, article.url)
        for _ in range(6):
            write()

        assert queries_of(client, article.url) == before


class TestSelection:
    def test_orders_are_plain_links_and_the_chosen_one_is_marked(self, client, article, make_comment, make_review):
        make_comment(State.PUBLISHED)
        make_review(5)

        links = look(client, f"{article.url}?sort=helpful").select(".sort a")

        assert [(words(link), link["href"]) for link in links] == [
            ("Newest", f"{article.url}#comments"),
            ("Oldest", "?sort=oldest#comments"),
            ("Most helpful", "?sort=helpful#comments"),
            ("Most replies", "?sort=replies#comments"),
            ("Reviews by stars", "?sort=stars#comments"),
        ]
        assert [words(link) for link in links if link.get("aria-current")] == ["Most helpful"]

    def test_without_reviews_nothing_is_sorted_by_stars(self, client, article, make_comment):
        make_comment(State.PUBLISHED)
        make_comment(State.PUBLISHED)

        assert "Reviews by stars" not in [words(link) for link in look(client, article.url).select(".sort a")]

    def test_one_comment_needs_no_order(self, client, article, make_comment):
        make_comment(State.PUBLISHED)

        assert not look(client, article.url).select(".sort")

    def test_reviews_with_so_many_stars_keep_them_in_every_order(self, client, article, make_review):
        five, four = make_review(5), make_review(4)

        page = look(client, f"{article.url}?stars=5")

        assert "Reviews with 5 stars" in words(page.select_one(".selected"))
        assert page.select_one(".selected a")["href"] == f"{article.url}#comments"
        assert page.find(id=f"comment-{five.public_id}")
        assert not page.find(id=f"comment-{four.public_id}")
        assert [link["href"] for link in page.select(".sort a")] == [
            "?stars=5#comments",
            *(f"?sort={order}&stars=5#comments" for order in ("oldest", "helpful", "replies")),
        ]

    def test_stars_that_nobody_gave_are_said_to_be_none(self, client, article, make_review):
        make_review(5)

        assert words(look(client, f"{article.url}?stars=1").select_one(".comments .empty")) == (
            "Nobody has written such a review yet."
        )

    def test_pages_lead_on_and_back(self, client, article, make_comment):
        for number in range(21):
            make_comment(State.PUBLISHED, text=f"Comment {number}")

        more = look(client, f"{article.url}?sort=oldest").select_one(".comments .more a")
        second = look(client, f"{article.url}{more['href'].partition('#')[0]}")

        assert "Comment 20" in words(second.select_one(".threads"))
        assert not second.select(".comments .more")
        assert second.select_one(".selected a")["href"] == "?sort=oldest#comments"

    @pytest.mark.parametrize("query", ["sort=best", "stars=6", "after=x", "thread=1"])
    def test_what_is_no_selection_is_not_found(self, client, article, query):
        assert client.get(f"{article.url}?{query}").status_code == 404


class TestLists:
    def test_card_shows_rating_and_number_of_comments(self, client, article, voted, make_comment):
        voted(5, 5, 4)
        make_comment(State.PUBLISHED)
        make_comment(State.PENDING)

        facts = look(client, "/articles/").select(".card .card-facts")

        assert words(facts[-1]) == "★ 4.6 (3 reviews) 1 comment"

    def test_top_rated_are_hidden_until_there_are_any(self, client, article, voted):
        assert not look(client, "/").select("#top-rated")

        voted(5, 5, 4)
        section = look(client, "/").find(id="top-rated").find_parent("section")
        assert [words(title) for title in section.select(".card-title")] == [article.title]
        assert "10 ratings" in words(section)

    def test_top_rated_are_three_and_cost_the_same(self, client, make_article, make_reader):
        def rate_further(count: int) -> None:
            for page in [make_article() for _ in range(count)]:
                for stars in (4, 5, 5):
                    actions.rate(article=page, reader=make_reader(), stars=stars, now=NOON)

        rate_further(2)
        before = queries_of(client, "/")
        rate_further(4)

        assert queries_of(client, "/") == before
        assert len(look(client, "/").find(id="top-rated").find_parent("section").select(".card")) == 3


def test_full_page_of_comments_stays_light(client, article, make_comment):
    text = "I tried the stretch for two weeks. " * 9
    for _ in range(20):
        first = make_comment(State.PUBLISHED, text=text)
        for _ in range(2):
            make_comment(State.PUBLISHED, text=text, parent=first)

    page = client.get(article.url).content
    start = page.index(b'<section class="comments"')
    discussion = page[start : page.index(b"</section>", start)]

    assert discussion.count(b'<article class="comment"') == 60
    assert len(discussion) < MOST_BYTES


@pytest.mark.parametrize(("stars", "signs"), [(1, "★☆☆☆☆"), (4, "★★★★☆"), (5, "★★★★★")])
def test_stars_are_drawn_as_five(stars, signs):
    assert star_signs(stars) == signs
