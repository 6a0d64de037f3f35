"""What migrations do with what is there."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models.query import QuerySet

from ratings.models import Comment, Decision, LinkedDomain, Rating, RatingChange, State
from ratings.moderation.finding import Finding
from ratings.moderation.judge import Verdict

filling = import_module("ratings.migrations.0003_kept_numbers_of_what_is_there")
folding = import_module("ratings.migrations.0006_words_to_search_in")


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


def test_words_and_deciders_of_earlier_comments_are_kept_as_those_of_new_ones(
    make_comment, move, moderator, monkeypatch
):
    links = Finding(rule="links", points=40, reason="3 links")
    verdict = Verdict(state=State.PENDING, findings=(links,))
    text = "My KETTLÉ sings every morning: https://kettles.example/song and nobody in the house knows why."
    comments = [make_comment(text=text, verdict=verdict) for _number in range(3)]
    move(comments[0], State.PUBLISHED, moderator=moderator)
    move(comments[1], State.ERASED)
    columns = ("pk", "folded", "fingerprint", "points", "rules")
    kept = list(Comment.objects.order_by("pk").values_list(*columns))
    Comment.objects.update(folded="", fingerprint=None, points=0, rules="")
    LinkedDomain.objects.all().delete()
    QuerySet.update(Decision.objects.all(), is_by_moderator=False)
    monkeypatch.setattr(folding, "BATCH", 2)

    folding.fill(Historical(), None)

    assert list(Comment.objects.order_by("pk").values_list(*columns)) == kept
    assert set(LinkedDomain.objects.values_list("comment", "domain")) == {
        (comments[0].pk, "kettles.example"),
        (comments[2].pk, "kettles.example"),
    }
    assert list(Decision.objects.order_by("pk").values_list("is_by_moderator", flat=True)) == [True, False]


class Historical:
    """The models as a migration gets them: a decision can be changed there."""

    def get_model(self, app: str, name: str) -> type:
        model = apps.get_model(app, name)
        if model is not Decision:
            return model
        return type("Decision", (), {"objects": QuerySet(Decision)})
