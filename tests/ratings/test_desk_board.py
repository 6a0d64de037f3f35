"""The shift board, its plots and files, and what the first page of the admin says."""

from __future__ import annotations

import csv
import logging
import re
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from defusedxml import ElementTree
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from ratings.desk.board import PLOTS
from ratings.models import Comment, ModeratedSection, State

pytestmark = pytest.mark.django_db

BOARD = "/admin/reader-comments/board/"
HOSTILE = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def decide(make_comment, move, moderator):
    """Return a function that makes comments, decides on them, and returns the last."""

    def decide(number: int = 1, to: State = State.SPAM, *, by=moderator, rules: str = "|links|", **fields) -> Comment:
        now = timezone.now()
        for _each in range(number):
            comment = make_comment(now=now - timedelta(hours=3), **fields)
            Comment.objects.filter(pk=comment.pk).update(rules=rules)
            comment = move(comment, to, now=now, moderator=by)
        return comment

    return decide


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def file_of(desk: Client, name: str, query: str = "") -> list[list[str]]:
    answer = desk.get(f"{BOARD}{name}.csv{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))


def test_board_says_what_waits_and_what_was_decided(desk, make_comment, decide):
    make_comment(now=timezone.now() - timedelta(hours=5, minutes=1))
    decide(2)

    words = words_of(desk.get(BOARD))

    assert "Waiting 1 The oldest 5 hours, 1 minute" in words.replace("\xa0", " ")
    assert "Decisions 2" in words
    assert "100.0 % of 2" in words


@pytest.mark.parametrize("query", ["", "?days=1", "?days=7", "?days=30", "?days=0", "?days=x", "?days=%00", "?days=７"])
def test_every_period_opens_and_what_is_none_is_today(desk, query):
    page = desk.get(BOARD + query)

    assert page.status_code == 200
    current = re.findall(r'<a href="([^"]*days=\d+)"[^>]*aria-current="page"', page.content.decode())
    assert [address.split("=")[1] for address in current] == [query[6:] if query[6:] in ("7", "30") else "1"]


@pytest.mark.parametrize("name", PLOTS)
def test_plot_its_table_and_its_file_have_the_same_numbers(desk, make_comment, decide, name):
    make_comment(now=timezone.now() - timedelta(days=2))
    decide(3)

    page = desk.get(f"{BOARD}?days=7").content.decode()
    section = re.search(rf'<section>\s*<h3 id="plot-{name}">.*?</section>', page, re.DOTALL)[0]
    shown = [
        [unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", section, re.DOTALL)
    ]
    picture = desk.get(unescape(re.search(r'<img src="([^"]+)"', section)[1]))

    assert file_of(desk, name, "?days=7") == shown
    description = ElementTree.fromstring(picture.content).find("{http://www.w3.org/2000/svg}desc").text
    assert description.split("; ") == [": ".join(row[:2]) for row in shown[1:]]
    assert any(cell not in ("0", "–") for row in shown[1:] for cell in row[1:])


def test_plot_is_an_image_that_may_do_nothing(desk):
    answer = desk.get(f"{BOARD}decided.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert [desk.get(f"{BOARD}pears.{form}").status_code for form in ("svg", "csv")] == [404, 404]


def test_file_of_decisions_has_no_words_and_no_address_of_readers(desk, decide, moderator):
    comment = decide(text="a secret kettle", name="Ruth", email="ruth@example.org")

    header, line = file_of(desk, "decisions")

    assert header == ["decided_at", "moderator", "act", "comment", "article", "from", "to", "ground", "rules"]
    expected = [moderator.username, "move", str(comment.pk), comment.article.title, "pending", "spam", "", "links"]
    assert line[1:] == expected
    assert "kettle" not in "".join(line).replace(comment.article.title, "")
    assert "ruth" not in "".join(line).lower()


def test_names_in_files_are_no_formulas(desk, decide, make_article, make_user):
    hostile = make_user(HOSTILE[:20], "Comment moderators")
    decide(by=hostile, article=make_article(HOSTILE), rules="|=rule|")

    cells = [*file_of(desk, "decisions")[1], *file_of(desk, "moderators")[1], *file_of(desk, "rules")[1]]

    assert f"'{HOSTILE}" in cells
    assert cells.count(f"'{HOSTILE[:20]}") == 2
    assert [cell for cell in cells if cell.startswith("=")] == []


def test_only_moderators_see_the_board(client, editor, moderator):
    addresses = [BOARD, *(f"{BOARD}{name}" for name in ("waiting.svg", "rules.csv", "decisions.csv", "moderators.csv"))]
    client.force_login(editor)
    assert {client.get(address).status_code for address in addresses} == {302}

    client.force_login(moderator)
    assert {client.get(address).status_code for address in addresses} == {200}
    assert {client.post(address).status_code for address in addresses} == {405}


def test_moderator_of_a_section_sees_its_numbers_only(desk, decide, make_comment, make_article):
    section = make_article("Their own")
    ModeratedSection.objects.create(group=Group.objects.get(name="Comment moderators"), page=section)
    decide(3)
    make_comment(now=timezone.now())
    decide(article=section)

    assert len(file_of(desk, "decisions")) == 2
    assert file_of(desk, "moderators")[1][:2] == ["moderator", "1"]
    assert file_of(desk, "rules")[1:] == [["links", "0", "1", "100.0 % of 1"]]
    assert "Waiting 0 The oldest" in words_of(desk.get(BOARD))
    assert "Nothing waits for you." in words_of(desk.get("/admin/"))


@pytest.mark.parametrize("number", [1, 4])
def test_board_takes_the_same_queries_for_1_and_for_4(
    desk, make_comment, decide, make_user, django_assert_num_queries, number
):
    for each in range(number):
        make_comment(now=timezone.now() - timedelta(hours=each))
        decide(by=make_user(f"colleague {each}", "Comment moderators"), rules=f"|rule{each}|")
    desk.get(BOARD)

    with django_assert_num_queries(27):
        desk.get(BOARD)


@pytest.mark.parametrize("name", PLOTS)
def test_plot_asks_only_for_its_own_numbers(desk, make_comment, decide, django_assert_max_num_queries, name):
    make_comment(now=timezone.now())
    decide()
    desk.get(BOARD)

    with django_assert_max_num_queries(8):
        desk.get(f"{BOARD}{name}.svg")


def test_first_page_tells_moderators_what_waits(desk, make_comment):
    assert "Nothing waits for you." in words_of(desk.get("/admin/"))
    make_comment(now=timezone.now() - timedelta(hours=3))

    words = words_of(desk.get("/admin/")).replace("\xa0", " ")
    assert "1 comment waits for you, the oldest for 3 hours; nine of ten have waited for 3 hours at most." in words
    assert "Readers wait too long" not in words


def test_first_page_tells_others_nothing(client, editor, make_comment):
    make_comment(now=timezone.now() - timedelta(hours=3))
    client.force_login(editor)

    assert "comment waits for you" not in words_of(client.get("/admin/"))


def test_first_page_and_board_say_in_words_that_readers_wait_too_long(desk, make_comment):
    make_comment(now=timezone.now() - timedelta(hours=4, minutes=1))

    told = "Readers wait too long: 1 of 1 comments have waited for longer than 4 hours."
    for address in ("/admin/", BOARD):
        assert told in words_of(desk.get(address)).replace("\xa0", " ")


def test_worker_watches_the_backlog(make_comment, caplog):
    from delivery.schedules import watch_backlog

    make_comment(now=timezone.now() - timedelta(hours=5))
    with caplog.at_level(logging.WARNING):
        watch_backlog()

    assert "1 of 1 reader comments have waited for a moderator for more than 240 minutes" in caplog.text
