"""Fill what is kept of comments and decisions from before it was kept."""

from django.db import migrations

from ratings.folding import fold
from ratings.moderation.likeness import fingerprint_of
from ratings.moderation.linking import domains_in

BATCH = 500


def fill(apps, schema_editor):
    Comment = apps.get_model("ratings", "Comment")
    LinkedDomain = apps.get_model("ratings", "LinkedDomain")
    apps.get_model("ratings", "Decision").objects.filter(moderator__isnull=False).update(is_by_moderator=True)
    last = 0
    while batch := list(Comment.objects.filter(pk__gt=last).exclude(state="erased").order_by("pk")[:BATCH]):
        for comment in batch:
            names = sorted({found["rule"] for found in comment.trace})
            comment.rules = f"|{'|'.join(names)}|" if names else ""
            comment.points = min(sum(found["points"] for found in comment.trace), 32_767)
            comment.folded = fold(f"{comment.name}\n{comment.text}")
            comment.fingerprint = fingerprint_of(comment.text)
        Comment.objects.bulk_update(batch, ["rules", "points", "folded", "fingerprint"])
        LinkedDomain.objects.bulk_create(
            LinkedDomain(comment=comment, domain=domain) for comment in batch for domain in domains_in(comment.text)
        )
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("ratings", "0005_desk_and_defense")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
