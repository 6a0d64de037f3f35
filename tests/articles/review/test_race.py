"""What was signed begins to hold once, however many publications see it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from articles.actions import begin_sign_offs
from articles.models import ArticlePage, ReviewState, SignOff

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

THREADS = 4


def test_sign_off_is_made_once(signed, monkeypatch):
    article: ArticlePage = signed.article
    monkeypatch.setattr("articles.publishing.begin_sign_offs", lambda **_: [])
    article.save_revision().publish()
    assert not SignOff.objects.exists()
    ready = Barrier(THREADS)

    def begin(_: int) -> int:
        try:
            ready.wait()
            return len(begin_sign_offs(article=article, today=timezone.localdate()))
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        made = list(threads.map(begin, range(THREADS)))

    assert sorted(made) == [0, 0, 0, 1]
    assert ReviewState.objects.get().sign_off == SignOff.objects.get()
