"""Words in the admin: added, tried out before they are saved, and imported."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from ratings.desk.words import WordForm
from ratings.models import Comment, ModeratedSection, Phrase, State
from ratings.moderation import trial

pytestmark = pytest.mark.django_db

NEW = "/admin/comment-words/new/"
IMPORT = "/admin/comment-words/import/"


@pytest.fixture
def keeper(client, moderator) -> Client:
    """A moderator who may keep the words."""
    moderator.user_permissions.add(*Permission.objects.filter(content_type__model="phrase"))
    client.force_login(moderator)
    return client


@pytest.fixture
def wrote(make_comment):
    """Return a function that stores a comment of some days ago."""
    return lambda text, state=State.PENDING, days=1, **fields: make_comment(
        state, text=text, now=timezone.now() - timedelta(days=days), **fields
    )


def send(client: Client, phrase: str, address: str = NEW, **fields: str):
    return client.post(address, {"phrase": phrase, "kind": "banned", "note": ""} | fields)


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_others_do_not_come_in(client, editor):
    client.force_login(editor)

    assert [client.get(address).status_code for address in ("/admin/comment-words/", NEW, IMPORT)] == [302] * 3
    assert send(client, "casino").status_code == 302
    assert not Phrase.objects.exists()


def test_word_that_somebody_else_saves_at_the_same_moment_is_told_in_words(keeper, monkeypatch):
    send(keeper, "casino")
    checked = WordForm.clean_phrase

    def checked_too_early(form):
        monkeypatch.setattr(Phrase.objects, "filter", lambda **_fields: Phrase.objects.none())
        return checked(form)

    monkeypatch.setattr(WordForm, "clean_phrase", checked_too_early)
    answer = send(keeper, "Casino")

    assert "in the list already" in text_of(answer)
    assert Phrase.objects.count() == 1


def test_word_is_stored_changed_and_listed(keeper):
    assert send(keeper, " Cаsino ").status_code == 302
    word = Phrase.objects.get()
    assert (word.phrase, word.folded) == ("Cаsino", "casino")

    assert send(keeper, "casino*", f"/admin/comment-words/edit/{word.pk}/").status_code == 302
    word.refresh_from_db()
    assert word.folded == "casino*"
    assert "casino*" in keeper.get("/admin/comment-words/").content.decode()


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("*", "at least one letter"),
        ("12 34", "at least one letter"),
        ("ca*ino", "can only stand at the end"),
        ("a*", "at least three letters"),
        ("x" * 101, "at most 100 characters"),
        ("\ufdfa" * 12, "at most 100 characters"),
        ("C.A.S.I.N.O", ""),
        ("CASINO!", "in the list already, as “casino”"),
    ],
)
def test_what_cannot_be_searched_or_is_there_is_refused_in_words(keeper, phrase, words):
    Phrase.objects.create(phrase="casino", folded="casino")
    answer = send(keeper, phrase)

    if words:
        assert words in text_of(answer)
    assert Phrase.objects.count() == (1 if words else 2)


class TestTryingOut:
    def test_it_says_what_would_have_been_struck_and_saves_nothing(self, keeper, wrote):
        wrote("Visit my c4sino & <b>win</b>", State.PUBLISHED)
        wrote("A casino!", State.SPAM, days=29)
        wrote("Casino", State.SPAM, days=31)
        wrote("Gone casino", State.DELETED)
        wrote("Two casinos")

        page = keeper.post(NEW, {"phrase": "casino", "kind": "banned", "note": "why", "try": "1"}).content.decode()

        assert "It would have struck 2 comments of the last 30 days." in page
        assert "Looked through: 3." in page
        assert "<li>Published: 1</li><li>Spam: 1</li>" in page
        assert "Visit my <mark>c4sino</mark> &amp; &lt;b&gt;win&lt;/b&gt;" in page
        assert 'value="casino"' in page
        assert 'value="why"' in page
        assert not Phrase.objects.exists()

    def test_changed_word_is_tried_as_it_was_typed_and_stays_as_it_was(self, keeper, wrote):
        wrote("Win at poker")
        word = Phrase.objects.create(phrase="casino", folded="casino")

        page = text_of(send(keeper, "poker", f"/admin/comment-words/edit/{word.pk}/", **{"try": "1"}))

        word.refresh_from_db()
        assert "It would have struck 1 comment " in page
        assert word.phrase == "casino"

    def test_name_is_looked_through_as_well(self, keeper, wrote):
        wrote("Hello", name="Casino King")

        assert "It stands in the name." in text_of(send(keeper, "casino", **{"try": "1"}))

    def test_of_many_only_the_latest_are_looked_through(self, keeper, wrote, monkeypatch):
        monkeypatch.setattr(trial, "LARGEST", 2)
        monkeypatch.setattr(trial, "SHOWN", 1)
        for days in (1, 2, 3):
            wrote(f"casino {days} ", days=days)

        page = text_of(send(keeper, "casino", **{"try": "1"}))

        assert "It would have struck 2 comments" in page
        assert "only the latest were looked through" in page
        assert page.count("<mark>") == 1

    def test_it_takes_two_queries_for_any_number(self, wrote, django_assert_num_queries):
        words = trial.WordList([("banned", "casino")])
        for _number in range(2):
            wrote("casino")
            with django_assert_num_queries(2):
                assert trial.try_out(words, Comment.objects.all(), timezone.now()).latest

    def test_comments_of_other_sections_stay_out(self, keeper, wrote, author):
        wrote("casino")
        ModeratedSection.objects.create(group=Group.objects.get(name="Comment moderators"), page=author)

        page = text_of(send(keeper, "casino", **{"try": "1"}))

        assert "It would have struck 0 comments" in page
        assert "Only the sections that you moderate were looked through." in page

    def test_who_does_not_moderate_sees_no_comments(self, client, make_user, wrote):
        wrote("casino")
        user = make_user("keeper", "Editors")
        user.user_permissions.add(Permission.objects.get(codename="add_phrase"))
        client.force_login(user)

        assert "Try it on" not in client.get(NEW).content.decode()
        assert send(client, "casino", **{"try": "1"}).status_code == 302

    def test_what_cannot_be_saved_is_not_tried(self, keeper):
        page = text_of(send(keeper, "*", **{"try": "1"}))

        assert "at least one letter" in page
        assert "would have struck" not in page


class TestImport:
    def test_each_line_is_told_what_became_of_it(self, keeper, django_assert_num_queries):
        Phrase.objects.create(phrase="casino", folded="casino")
        page = text_of(keeper.post(IMPORT, {"kind": "suspect", "phrases": "poker\n\n Casino\r\n***\nPOKER\nwin now*"}))

        for line, result in (
            ("poker", "added"),
            ("Casino", "already there"),
            ("***", "A word has at least one letter. Please write the word itself."),
            ("POKER", "already there"),
            ("win now*", "added"),
        ):
            assert f"<td><bdi>{line}</bdi></td><td>{result}</td>" in page
        assert set(Phrase.objects.values_list("phrase", "kind")) == {
            ("casino", "suspect"),
            ("poker", "suspect"),
            ("win now*", "suspect"),
        }

    def test_too_long_a_list_is_refused_and_kept(self, keeper):
        page = text_of(keeper.post(IMPORT, {"kind": "banned", "phrases": "word\n" * 1_001}))

        assert "more than 1,000 lines" in page
        assert "word word" in page
        assert not Phrase.objects.exists()
