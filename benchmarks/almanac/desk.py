"""What the moderators' desk costs: its pages with a long queue, decisions in bulk and undoing them, and learning."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.almanac.content import BATCH, SENTENCE, make_articles, make_readers
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.settings import HOST
from ratings import actions
from ratings.folding import fold
from ratings.models import Bulk, Comment, State
from ratings.moderation.spam.learning import Example
from ratings.moderation.spam.starter import starter_examples, train_with_starter

ROUNDS = 20
ARTICLES = 50
READERS = 1_000
FINDINGS = ("", "|ladder|", "|ladder|links|", "|dwell|ladder|links|", "|ladder|notice|", "|honeypot|ladder|")


def queue(pending: int, bulk: int) -> Iterator[Figure]:
    """Yield what the desk's pages take with `pending` comments in the queue, and a `bulk` of so many with its undo."""
    moderator = User.objects.create_superuser("bench", password=None)
    fill_queue(pending)
    client = Client()
    client.force_login(moderator)
    address = reverse("reader_comments")
    pages = {
        "queue page": "",
        "queue page, likely spam first": "?sort=spam",
        "queue filtered by rule": "?rule=links",
        "queue searched": "?q=kettle+whistles",
        "single card": "?view=card",
    }
    tell(f"Opening the desk {ROUNDS} times in {len(pages)} ways")
    times: dict[str, list[float]] = {name: [] for name in pages}
    # In turns: what the machine does meanwhile then meets all of them alike.
    for _ in range(ROUNDS):
        for name, query in pages.items():
            times[name].append(_seconds(lambda query=query: _get(client, address + query)))  # type: ignore[misc]
    for name, seconds in times.items():
        p95 = statistics.quantiles(seconds, n=20)[-1]
        yield Figure(of=ALMANAC, name=f"{name} with {pending:,} pending, p95", value=1000 * p95, unit="ms")
    yield from _bulk(moderator, bulk)


def _bulk(moderator: User, size: int) -> Iterator[Figure]:
    waiting = Comment.objects.in_state(State.PENDING)
    until = waiting.order_by("pk").values_list("pk", flat=True)[size - 1]
    now = timezone.now()
    chosen = {"matching": waiting, "selection": {"state": "pending"}, "until": until, "seen_at": now, "now": now}
    bulk = actions.begin_bulk(**chosen, to=State.SPAM, moderator=moderator)
    seconds = _seconds(lambda: _finish(bulk))
    if (done := Bulk.objects.get(pk=bulk.pk).done) != size:
        raise SystemExit(f"Of {size} comments {done} were decided.")
    yield Figure(of=ALMANAC, name=f"bulk of {size}", value=seconds, unit="s")
    actions.begin_undoing_bulk(bulk=bulk, now=timezone.now(), moderator=moderator)
    seconds = _seconds(lambda: _finish(bulk))
    if (undone := Bulk.objects.get(pk=bulk.pk).undone) != size:
        raise SystemExit(f"Of {size} decisions {undone} were undone.")
    yield Figure(of=ALMANAC, name=f"undoing a bulk of {size}", value=seconds, unit="s")


def learning(decisions: int) -> Iterator[Figure]:
    """Yield how long learning from so many `decisions` takes, how long scoring one comment, and the weights' size."""
    chance = random.Random(2026)  # noqa: S311 (no secret: the same texts in each run)
    texts = [(example.text, example.spam) for example in starter_examples()]
    words = " ".join(text for text, _spam in texts).split()
    examples = []
    for number in range(decisions):
        text, spam = chance.choice(texts)
        # Each text is another one: real ones repeat words, not sentences.
        text = f"{text} {' '.join(chance.choices(words, k=12))}"
        examples.append(Example(text=text, spam=spam, group=str(number % ARTICLES)))
    tell(f"Learning from {decisions:,} decisions")
    began = time.perf_counter()
    model = train_with_starter(examples)
    seconds = time.perf_counter() - began
    yield Figure(of=ALMANAC, name=f"learning from {decisions:,} decisions", value=seconds, unit="s")
    yield Figure(of=ALMANAC, name="weights", value=len(model.to_json().encode()) / 1024, unit="kB")
    scored = [_seconds(lambda text=example.text: model.score(text)) for example in examples[:1000]]  # type: ignore[misc]
    yield Figure(of=ALMANAC, name="scoring a comment", value=1000 * statistics.median(scored), unit="ms")


def fill_queue(count: int) -> None:
    """Bring so many comments into the queue, a thousand readers', under fifty articles."""
    tell(f"A queue of {count:,} comments")
    articles, readers = make_articles("Asked about", ARTICLES), make_readers(READERS)
    now = timezone.now()

    def waiting(number: int) -> Comment:
        text = SENTENCE.format(number=number) + (" It whistles." if number % 100 == 0 else "")
        rules = FINDINGS[number % len(FINDINGS)]
        trace = [
            {"rule": rule, "points": 20, "reason": "It was found."} for rule in rules.strip("|").split("|") if rule
        ]
        return Comment(
            article=articles[number % ARTICLES],
            reader=readers[number % READERS],
            name=f"Reader {number}",
            text=text,
            folded=fold(f"Reader {number}\n{text}"),
            rules=rules,
            points=20 * len(trace),
            trace=trace,
            spam_score=number % 97 / 97,
            created_at=now - timedelta(seconds=count - number),
        )

    for start in range(0, count, BATCH):
        rows = Comment.objects.bulk_create(map(waiting, range(start, min(start + BATCH, count))), batch_size=BATCH)
        for row in rows:
            row.thread_id = row.pk
        Comment.objects.bulk_update(rows, ["thread"], batch_size=500)


def _finish(bulk: Bulk) -> None:
    bulk = Bulk.objects.get(pk=bulk.pk)
    while bulk.is_running:
        found = Comment.objects.all() if bulk.undo_started_at else Comment.objects.in_state(State.PENDING)
        bulk = actions.continue_bulk(bulk=bulk, matching=found, now=timezone.now())


def _get(client: Client, address: str) -> None:
    # The way to a single card leads to its own address.
    answer = client.get(address, secure=True, headers={"Host": HOST}, follow=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")


def _seconds(doing: Callable[[], object]) -> float:
    began = time.perf_counter()
    doing()
    return time.perf_counter() - began
