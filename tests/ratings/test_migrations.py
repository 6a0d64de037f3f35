"""What migrations do with what is there."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models.query import QuerySet

from ratings.models import Rating, RatingChange

filling = import_module("ratings.migrations.0003_kept_numbers_of_what_is_there")


@pytest.mark.parametrize(("ratings", "batches"), [(0, []), (4, [2, 2]), (5, [2, 2, 1])])
def test_history_of_earlier_ratings_is_written_in_batches(db, vote, monkeypatch, ratings, batches):
    for _ in range(ratings):
        vote(3)
    RatingChange.objects.all().delete()
    written = []
    bulk_create = QuerySet.bulk_create

    def counted(self, objs, *args, **kwargs):
        written.append(len(objs))
        return bulk_create(self, objs, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "bulk_create", counted)
    monkeypatch.setattr(filling, "BATCH", 2)

    filling.fill(apps, None)

    assert written == batches
    assert set(RatingChange.objects.values_list("rating", "stars")) == set(Rating.objects.values_list("pk", "stars"))
