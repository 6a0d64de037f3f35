"""Fill the kept numbers of comments that were written before they were kept."""

from itertools import islice

from django.db import migrations
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

BATCH = 1000
"""So many ratings are in memory at a time."""


def fill(apps, schema_editor):
    Comment = apps.get_model("ratings", "Comment")
    RatingChange = apps.get_model("ratings", "RatingChange")
    Rating = apps.get_model("ratings", "Rating")
    published = Comment.objects.filter(state="published")
    published.update(published_at=F("created_at"))

    def number_of(replies):
        counted = replies.order_by().values(replies_of).annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted), 0)

    for replies_of, those in (("thread", {"parent__isnull": True}), ("parent", {"parent__isnull": False})):
        replies = published.filter(parent__isnull=False, **{replies_of: OuterRef("pk")})
        Comment.objects.filter(**those).update(reply_count=number_of(replies))
    changes = (
        RatingChange(rating=rating, stars=rating.stars, standing="counted", changed_at=rating.changed_at)
        for rating in Rating.objects.order_by("pk").iterator()
    )
    while batch := list(islice(changes, BATCH)):
        RatingChange.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("ratings", "0002_readers_answer")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
