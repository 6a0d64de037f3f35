"""Let comment moderators sanction readers, and keep the lists of words and of canned texts."""

from django.db import migrations

MODELS = {
    "sanction": ("sanction", ["add"]),
    "phrase": ("word", ["add", "change", "delete"]),
    "cannedtext": ("canned text", ["add", "change", "delete"]),
}


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    # Sites may have renamed the group, or deleted it.
    for group in apps.get_model("auth", "Group").objects.filter(name="Comment moderators"):
        for model, (words, verbs) in MODELS.items():
            content_type, _ = ContentType.objects.get_or_create(app_label="ratings", model=model)
            for verb in verbs:
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {words}"}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_initial_site"), ("ratings", "0006_words_to_search_in")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
