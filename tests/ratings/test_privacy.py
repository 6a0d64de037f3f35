"""What is kept of where a response came from: nothing that leads back to anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ratings import actions
from ratings.models import Comment, Decision, HelpfulVote, NetworkKey, Rating, Report, State
from ratings.network import PERIOD, digest_of, forget_old_keys
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.posting import rate, stamped, written

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.77"
OTHER = "198.51.100.12"
IPV6 = "2001:db8:77:88:99aa:bbcc:ddee:ff01"


def everything_stored() -> str:
    """Return every value of every row of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def answer_in_every_way(client: Client, article, other: Comment) -> None:
    """Send every kind of POST that there is for readers, good ones and bad ones."""
    rate(client, article, "4")
    rate(client, article, "9")
    posting.withdraw(client, Rating.objects.get(reader__tokens__isnull=False))
    posting.comment(client, article)
    own = written(client, article, kind="review", stars="5")
    posting.comment(client, article, text="", **posting.stamped(article))
    posting.edit(client, own, "Better words")
    posting.find_helpful(client, other)
    posting.find_helpful(client, own)
    posting.report(client, other)
    posting.delete(client, own)
    posting.rate(client, article, headers={"Origin": "https://evil.example"})


class TestAddress:
    @pytest.mark.parametrize("address", [ADDRESS, IPV6])
    def test_no_column_of_any_table_holds_it_after_all_kinds_of_posts(self, article, make_comment, address):
        other = make_comment(State.PUBLISHED)
        client = Client(
            REMOTE_ADDR=address,
            HTTP_X_FORWARDED_FOR=OTHER,
            HTTP_X_REAL_IP=OTHER,
            HTTP_FORWARDED=f"for={OTHER}",
            HTTP_USER_AGENT="Canary/1.0",
        )

        answer_in_every_way(client, article, other)

        networks = {
            *Rating.objects.values_list("network", flat=True),
            *Comment.objects.exclude(pk=other.pk).values_list("network", flat=True),
            *HelpfulVote.objects.values_list("network", flat=True),
            *Report.objects.values_list("network", flat=True),
        }
        assert len(networks) == 1
        stored = everything_stored()
        assert networks.pop() in stored  # so the scan would have found it
        for canary in (address, OTHER, "2001:db8:77:88", "Canary/1.0"):
            assert canary not in stored

    def test_reading_leaves_no_key_behind(self, article, make_comment):
        comment = make_comment(State.PUBLISHED)
        for path in (article.url, "/responses/", f"/responses/helpful/{comment.public_id}/"):
            Client(REMOTE_ADDR=ADDRESS).get(path)

        assert not NetworkKey.objects.exists()

    def test_no_public_page_shows_the_digest(self, article, make_comment, move):
        client = Client(REMOTE_ADDR=ADDRESS)
        own = move(written(client, article), State.PUBLISHED)

        assert own.network
        for path in (article.url, f"{article.url}?thread={own.public_id}", f"/responses/{own.public_id}/"):
            assert own.network not in client.get(path).content.decode()


class TestProxies:
    def network_of(self, article, **headers) -> str:
        client = Client(**headers)
        rate(client, article)
        return Rating.objects.latest("pk").network

    @pytest.mark.parametrize(
        "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP"]
    )
    def test_no_header_of_a_client_is_believed(self, article, header):
        plain = self.network_of(article, REMOTE_ADDR=ADDRESS)

        assert self.network_of(article, REMOTE_ADDR=ADDRESS, **{header: OTHER}) == plain

    def test_configured_proxy_is_believed(self, article, settings):
        settings.TRUSTED_PROXIES = [ADDRESS]

        behind = self.network_of(article, REMOTE_ADDR=ADDRESS, HTTP_X_FORWARDED_FOR=OTHER)

        assert behind == digest_of(OTHER, now=timezone.now())

    def test_client_behind_a_configured_proxy_cannot_make_its_address_up(self, article, settings):
        settings.TRUSTED_PROXIES = [ADDRESS]

        behind = self.network_of(article, REMOTE_ADDR=ADDRESS, HTTP_X_FORWARDED_FOR=f"192.0.2.1, {OTHER}")

        assert behind == digest_of(OTHER, now=timezone.now())

    def test_addresses_of_one_customer_are_one_network(self, article):
        found = [self.network_of(article, REMOTE_ADDR=f"2001:db8:77:88::{end}") for end in (1, 2)]

        assert found[0] == found[1]
        assert self.network_of(article, REMOTE_ADDR="2001:db8:77:89::1") != found[0]


class TestPeriods:
    def test_same_network_is_another_one_in_the_next_period(self):
        assert digest_of(ADDRESS, now=NOON) != digest_of(ADDRESS, now=NOON + PERIOD)

    def test_digest_cannot_be_made_again_when_its_key_is_forgotten(self):
        kept = digest_of(ADDRESS, now=NOON)
        assert digest_of(ADDRESS, now=NOON) == kept

        forget_old_keys(now=NOON + 2 * PERIOD)

        assert digest_of(ADDRESS, now=NOON) != kept

    def test_keys_live_at_most_two_periods(self):
        for number in range(5):
            digest_of(ADDRESS, now=NOON + number * PERIOD)

        forget_old_keys(now=NOON + 4 * PERIOD)

        assert NetworkKey.objects.count() == 2


class TestCookie:
    def test_its_value_is_stored_nowhere(self, client, article):
        token = rate(client, article).cookies["reader"].value

        assert token not in everything_stored()

    def test_guessed_value_opens_nothing(self, client, article):
        own = written(client, article)
        stranger = Client()
        for guess in ("", "x", "0" * 32, str(own.reader_id), "\x00"):
            stranger.cookies["reader"] = guess
            assert stranger.get(f"/responses/{own.public_id}/").status_code == 404

    def test_addresses_of_responses_name_no_numbers_that_count(self, client, article):
        locations = [rate(Client(), article)["Location"] for _ in range(2)]

        assert all(len(location.split("/")[2]) == 36 for location in locations)


def test_erased_comment_leaves_nothing_of_its_writer_in_any_table(client, article, move, moderator, make_reader):
    link = "https://canary.example.net/canary"
    words = {"text": f"Write to canary@example.org, or {link}", "name": "Canary Ruth", "email": "canary@example.org"}
    seen = posting.hidden_fields(posting.comment(client, article, **stamped(article), **words))["seen"]
    own = written(client, article, **words, seen=seen)
    posting.edit(client, own, f"Another canary, 212-555-0199, and {link}, whose kettle sings louder than any other")
    shown = move(own, State.PUBLISHED)
    told = {"reason": Report.Reason.PERSONAL, "note": "The canary of 212-555-0199 is mine!"}
    actions.report(comment=shown, reader=make_reader(), now=NOON, **told)
    actions.pin(now=NOON, comment=shown, pinned=True, moderator=moderator)
    actions.pick(now=NOON, comment=shown, reason="What a canary!", moderator=moderator)
    actions.pick(now=NOON, comment=shown, reason="", moderator=moderator)
    actions.pick(now=NOON, comment=shown, reason="What a canary!", moderator=moderator)
    shown = Comment.objects.get(pk=own.pk)
    fewer = {"version": shown.version, "text": "Another canary", "now": NOON, "moderator": moderator}
    actions.undo(decision=actions.redact(comment=shown, **fewer), now=NOON, moderator=moderator)
    fingerprint = str(Comment.objects.get(pk=own.pk).fingerprint)
    before = everything_stored().lower()
    assert "canary.example.net" in before
    assert fingerprint in before
    decided = set(Decision.objects.values_list("pk", flat=True))

    move(own, State.ERASED, now=timezone.now() + timedelta(minutes=1))

    erased = Decision.objects.exclude(pk__in=decided).get()
    assert (erased.trace, erased.before) == ([], {})
    # What the editors wrote about it stays: their decisions are never changed.
    stored = everything_stored().lower().replace("what a canary!", "")
    for trace in ("canary", "555-0199", "louder", fingerprint):
        assert trace not in stored
