"""The stamp of a comment form."""

from datetime import timedelta

from django.core import signing

from ratings.models import Comment
from ratings.stamp import LIFETIME, SALT, new_stamp, read_stamp, submission_key, token_of_new_guest, trap_name
from tests.conftest import NOON


def test_fresh_stamp_tells_when_it_was_made_and_where_the_trap_is():
    stamp = read_stamp(new_stamp(7, NOON), 7, NOON + timedelta(minutes=70))

    assert stamp.made_at == NOON
    assert stamp.trap_name == trap_name(NOON)


def test_old_foreign_forged_or_future_stamp_is_none():
    stamp = new_stamp(7, NOON)

    assert read_stamp(stamp, 7, NOON + LIFETIME + timedelta(seconds=1)) is None
    assert read_stamp(stamp, 8, NOON) is None
    assert read_stamp(stamp + "x", 7, NOON) is None
    assert read_stamp("", 7, NOON) is None
    assert read_stamp(signing.dumps("other", salt=SALT), 7, NOON) is None
    assert read_stamp(stamp, 7, NOON - timedelta(hours=1)) is None


def test_trap_is_named_anew_each_hour():
    assert trap_name(NOON) == trap_name(NOON + timedelta(minutes=59)) != trap_name(NOON + timedelta(minutes=61))


def test_same_form_has_one_key_and_another_form_another():
    first, second = (new_stamp(7, NOON) for _ in range(2))

    assert submission_key(read_stamp(first, 7, NOON)) == submission_key(read_stamp(first, 7, NOON))
    assert submission_key(read_stamp(first, 7, NOON)) != submission_key(read_stamp(second, 7, NOON))


def test_key_and_cookie_of_a_new_guest_tell_nothing_of_each_other_or_of_the_stamp():
    value = new_stamp(7, NOON)
    stamp = read_stamp(value, 7, NOON)
    key, token = submission_key(stamp), token_of_new_guest(stamp)

    assert len(token) == 32  # 128 bits
    assert token == token_of_new_guest(read_stamp(value, 7, NOON))
    assert not {key, token} & {stamp.nonce, value}
    assert token not in key
    assert len(key) <= Comment._meta.get_field("submission_key").max_length
