"""Let editors keep what readers look for: promoted results, synonyms, redirects, missing addresses, error reports."""

from django.db import migrations

EDITORS = [
    ("wagtailsearchpromotions", "searchpromotion", "promoted search result", ["add", "change", "delete"]),
    ("wagtailredirects", "redirect", "redirect", ["add", "change", "delete"]),
    ("pages", "synonyms", "synonyms", ["add", "change", "delete"]),
    ("pages", "missingaddress", "missing address", ["view", "change"]),
    ("pages", "searchterm", "search term", ["view"]),
]
RIGHTS = [
    ("Editors", "articles", "retraction", "retract_article", "Can retract articles"),
    ("Editors", "ratings", "errorreport", "answer_error_report", "Can answer error reports"),
    ("Medical reviewers", "articles", "signoff", "sign_off_article", "Can sign off articles"),
    ("Medical reviewers", "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
]


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")

    def permission(app, model, codename, name):
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        return Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[
            0
        ]

    Group.objects.get_or_create(name="Medical reviewers")
    for app, model, words, verbs in EDITORS:
        for verb in verbs:
            # Sites may have renamed the group, or deleted it.
            for group in Group.objects.filter(name="Editors"):
                group.permissions.add(permission(app, model, f"{verb}_{model}", f"Can {verb} {words}"))
    for name, app, model, codename, words in RIGHTS:
        for group in Group.objects.filter(name=name):
            group.permissions.add(permission(app, model, codename, words))


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0004_public_site"),
        ("articles", "0003_findable"),
        ("ratings", "0007_error_reports"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearchpromotions", "0001_initial"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
