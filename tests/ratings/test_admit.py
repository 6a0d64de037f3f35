"""Which reader a POST acts for."""

import pytest

from ratings import actions
from ratings.models import Reader, ReaderToken

pytestmark = pytest.mark.django_db


def test_unknown_browser_gets_a_reader_and_a_token_of_which_only_the_digest_is_kept():
    admission = actions.admit(user=None, token="")

    assert admission.new_token is not None
    assert len(admission.new_token) >= 22  # 128 bits in base64
    stored = ReaderToken.objects.get(reader=admission.reader)
    assert admission.new_token not in stored.digest
    assert Reader.objects.of_token(admission.new_token) == admission.reader


def test_known_browser_keeps_its_reader():
    first = actions.admit(user=None, token="")
    second = actions.admit(user=None, token=first.new_token)

    assert (second.reader, second.new_token) == (first.reader, None)


def test_invented_token_makes_a_new_reader():
    assert actions.admit(user=None, token="guessed").new_token is not None


def test_signing_in_takes_the_browsers_reader_along(make_user):
    guest = actions.admit(user=None, token="")
    user = make_user("ruth")

    assert actions.admit(user=user, token=guest.new_token).reader == guest.reader
    assert Reader.objects.get().user == user


def test_signing_in_on_a_second_browser_joins_the_two_readers(make_user, article):
    user = make_user("ruth")
    member = actions.admit(user=user, token="").reader
    guest = actions.admit(user=None, token="")
    actions.rate(article=article, reader=guest.reader, stars=3)

    assert actions.admit(user=user, token=guest.new_token).reader == member
    assert list(member.ratings.values_list("stars", flat=True)) == [3]
    assert Reader.objects.count() == 1


def test_browser_of_another_account_is_left_alone(make_user):
    token = actions.admit(user=None, token="").new_token
    first = actions.admit(user=make_user("ruth"), token=token).reader

    second = actions.admit(user=make_user("john"), token=token).reader

    assert second != first
    assert Reader.objects.of_token(token) == first
