"""What machines send: all of it is stored, all of it waits, and the trace says why. Here nothing waits by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ratings.models import Comment, DiscussionPolicy, Phrase, Reader, State
from ratings.moderation.policy import Mode
from ratings.stamp import trap_name
from tests.ratings import posting
from tests.ratings.posting import stamped, written

PITCH = "This one strange bracelet healed my neck within three days, and doctors do not want anybody to know about it."


@pytest.fixture(autouse=True)
def _published_at_once(db, no_limits):
    DiscussionPolicy.objects.create(mode=Mode.AFTER, holds_first=False, trusted_after=1)


def rules(comment: Comment) -> list[str]:
    return [found["rule"] for found in comment.trace]


def sent_after(client: Client, article, age: timedelta, **fields) -> Comment:
    answer = posting.comment(client, article, **stamped(article, age), **fields)
    return Comment.objects.get(public_id=answer["Location"].split("/")[2])


def test_honest_comment_is_published_at_once_and_its_page_says_so(client, article):
    comment = written(client, article)

    assert (comment.state, rules(comment)) == (State.PUBLISHED, ["ladder"])
    assert "stands under the article" in client.get(f"/responses/{comment.public_id}/").content.decode()


def test_link_farm_waits(client, article):
    comment = written(client, article, text=" ".join(f"http://shop{number}.example" for number in range(30)))

    assert (comment.state, rules(comment)) == (State.PENDING, ["links", "domains", "ladder"])


def test_same_text_on_many_pages_waits_from_the_second_on_whoever_sends_it(make_article):
    comments = [written(Client(), make_article(f"Page {number}"), text=PITCH) for number in range(5)]

    assert [comment.state for comment in comments] == [State.PUBLISHED] + 4 * [State.PENDING]
    assert [comment.points for comment in comments] == [0, 40, 80, 80, 80]


def test_form_sent_after_a_second_waits_and_the_next_one_of_the_same_reader_need_not(client, article):
    pasted = sent_after(client, article, timedelta(seconds=1))

    assert (pasted.state, rules(pasted)) == (State.PENDING, ["dwell", "ladder"])
    assert "A person will read your comment" in client.get(f"/responses/{pasted.public_id}/").content.decode()
    assert written(client, article, text="Another one.").state == State.PUBLISHED


def test_filled_trap_waits_also_of_a_trusted_reader(client, article, make_comment):
    posting.rate(client, article)
    make_comment(State.PUBLISHED, reader=Reader.objects.get())

    comment = written(client, article, **{trap_name(timezone.now() - timedelta(minutes=1)): "http://x.example"})

    assert (comment.state, rules(comment)) == (State.PENDING, ["honeypot", "ladder"])


def test_banned_word_is_rejected_at_once_and_its_author_reads_why(client, article):
    Phrase.objects.create(phrase="snake oil", folded="snake oil", kind="banned")

    comment = written(client, article, text="Snake oil helps.")

    page = client.get(f"/responses/{comment.public_id}/").content.decode()
    assert (comment.state, comment.decisions.exists()) == (State.REJECTED, False)
    assert "Our checks decided that by themselves." in page
    assert "It holds a word that is not published on this site." in page


def test_moderator_who_decides_otherwise_has_the_last_word_on_that_page(client, article, move, moderator):
    Phrase.objects.create(phrase="snake oil", folded="snake oil", kind="banned")
    comment = written(client, article, text="Snake oil helps.")
    move(comment, State.PUBLISHED, moderator=moderator)
    move(comment, State.REJECTED, moderator=moderator, reason="Advertising", ground="advertising")

    page = client.get(f"/responses/{comment.public_id}/").content.decode()
    assert "Advertising" in page
    assert "A moderator decided" in page
    assert "Our checks" not in page


def test_what_staff_write_is_published_whatever_its_points(client, article, moderator):
    client.force_login(moderator)

    comment = sent_after(client, article, timedelta(0), text=f"{PITCH} http://a.example http://b.example")

    assert (comment.state, comment.badge, rules(comment)) == (State.PUBLISHED, "staff", ["dwell", "domains", "ladder"])
