"""An import that was killed is begun again, and ends as if nothing had happened."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from ratings.actions import importing
from ratings.exchange import importing as exchange
from ratings.models import Comment, ImportedComment, Reader
from tests.ratings.recount import wrong_numbers

START = datetime(2020, 1, 1, tzinfo=UTC)


class Killed(BaseException):
    """What no handler of the import catches."""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "comments.ndjson"
    records = [
        {
            "source": "old",
            "foreign_id": str(number),
            "parent": str(number // 2) if number > 1 and number % 3 else "",
            "addresses": ["/why-the-kettle-whistles/"],
            "text": f"Number {number}",
            "writer": f"writer {number % 4}",
            "helpful": number % 3,
            "state": "published" if number % 5 else "pending",
            "written_at": (START + timedelta(hours=-number if number % 2 else number)).isoformat(),
        }
        for number in range(1, 30)
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def end_state():
    columns = ("text", "state", "reply_count", "helpful_count", "parent__text", "thread__text", "created_at")
    readers = ImportedComment.objects.order_by("foreign_id").values_list("writer", "comment__reader")
    return (
        sorted(Comment.objects.values_list(*columns), key=lambda row: row[0]),
        len(set(readers)),
        Reader.objects.count(),
        wrong_numbers(),
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_import_killed_anywhere_ends_as_an_undisturbed_one(path, article, bring_in, monkeypatch):
    monkeypatch.setattr(exchange, "BATCH", 4)
    bring_in(path)
    undisturbed = end_state()
    assert (len(undisturbed[0]), undisturbed[-1]) == (29, [])
    for step in ("_insert", "_count_replies", "_keep_sources", "_find_helpful", "_tell"):
        Comment.objects.all().delete()
        Reader.objects.all().delete()
        for times in (1, 3):
            with monkeypatch.context() as patch:
                patch.setattr(importing, step, _killing(getattr(importing, step), times))
                with pytest.raises(Killed):
                    bring_in(path)
        bring_in(path)
        assert end_state() == undisturbed, step


def _killing(step, times: int):
    calls = iter(range(times))

    def run(*args):
        result = step(*args)
        if next(calls) == times - 1:
            raise Killed
        return result

    return run
