"""The roles at the editor's desk, and the workflow that leads an article from one to the next."""

import sys

from django.db import migrations

WRITERS, EDITORS, REVIEWERS, ADMINISTRATORS = "Writers", "Editors", "Medical reviewers", "Administrators"

DESK = ["articles", "authors", "pages", "ratings", "wagtailredirects", "wagtailsearchpromotions"]
"""The apps of which administrators may do everything."""

MODELS = {
    WRITERS: [("articles", "source", ["add", "view"])],
    EDITORS: [("articles", "source", ["add", "change", "delete", "view"])],
    ADMINISTRATORS: [
        ("auth", "user", ["add", "change", "delete", "view"]),
        ("wagtailcore", "collection", ["add", "change", "delete", "view"]),
        ("wagtailcore", "locale", ["add", "change", "delete", "view"]),
        ("wagtailcore", "site", ["add", "change", "delete", "view"]),
        ("wagtailcore", "task", ["add", "change", "delete", "view"]),
        ("wagtailcore", "workflow", ["add", "change", "delete", "view"]),
    ],
}
RIGHTS = {
    WRITERS: [("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")],
    EDITORS: [("articles", "correction", "correct_article", "Can correct articles in public")],
    ADMINISTRATORS: [("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")],
}
PAGES = {
    # By kind, since a site may call its pages anything; of plain pages, the one above all.
    # Who may add a page edits their own, and nobody else's.
    WRITERS: [("articles", "ArticleIndexPage", ["add"]), ("authors", "AuthorIndexPage", ["add"])],
    ADMINISTRATORS: [("wagtailcore", "Page", ["add", "bulk_delete", "change", "lock", "publish", "unlock"])],
}
FILES = {WRITERS: ["add", "choose"], ADMINISTRATORS: ["add", "change", "delete", "choose"]}

WORKFLOW = "Write, edit, review, publish"
STEPS = [("Edit", EDITORS), ("Medical review", REVIEWERS), ("Publish", EDITORS)]


def give_roles(apps, schema_editor):
    """Make the groups that are missing, and give each what it is for; a site's own of that name stays as it is."""
    Group = apps.get_model("auth", "Group")
    for name in (WRITERS, ADMINISTRATORS):
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            _give(apps, group)
    # Sites may have renamed the group, or deleted it.
    for group in Group.objects.filter(name=EDITORS):
        _give(apps, group)
    for name in (EDITORS, REVIEWERS):
        if not Group.objects.filter(name=name).exists():
            sys.stdout.write(
                f"\n    There is no group “{name}”: give yours its rights in Settings → Groups, "
                "and its steps in Settings → Workflow tasks.\n"
            )


def _give(apps, group):
    rights = list(RIGHTS[group.name])
    for app, model, verbs in MODELS[group.name]:
        rights += [(app, model, f"{verb}_{model}", f"Can {verb} {model}") for verb in verbs]
    if group.name == ADMINISTRATORS:
        rights += [right for app in DESK for right in _everything(apps, app)]
    group.permissions.add(*(_permission(apps, *right) for right in rights))
    for app, model, verbs in PAGES.get(group.name, []):
        pages = apps.get_model(app, model).objects.all()
        for page in pages.filter(depth=1) if model == "Page" else pages:
            for verb in verbs:
                apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                    group=group,
                    page_id=page.pk,
                    permission=_permission(apps, "wagtailcore", "page", f"{verb}_page", f"Can {verb} any page"),
                )
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for verb in FILES.get(group.name, []):
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group,
                collection=apps.get_model("wagtailcore", "Collection").objects.get(depth=1),
                permission=_permission(apps, app, model, f"{verb}_{model}", f"Can {verb} {model}"),
            )


def _everything(apps, app):
    """Yield all permissions that the models of `app` have."""
    for model in apps.get_app_config(app).get_models():
        options = model._meta
        for verb in options.default_permissions:
            words = f"Can {verb} {options.verbose_name_raw}"
            yield app, options.model_name, f"{verb}_{options.model_name}", words
        for codename, words in options.permissions:
            yield app, options.model_name, codename, words


def _permission(apps, app, model, codename, name):
    # Django makes the rows after the migrations, and takes those that are there.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


def make_workflow(apps, schema_editor):
    """Make the workflow and lead articles through it, unless the site has one of that name or articles have another."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    for number, (name, group) in enumerate(STEPS):
        app, model = ("articles", "ReviewTask") if group == REVIEWERS else ("wagtailcore", "GroupApprovalTask")
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app, model=model.lower()
        )
        fields = {"kind": "medical"} if model == "ReviewTask" else {}
        task = apps.get_model(app, model).objects.create(name=name, active=True, content_type=content_type, **fields)
        task.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=[group, ADMINISTRATORS]))
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=number
        )
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    for index in apps.get_model("articles", "ArticleIndexPage").objects.all():
        WorkflowPage.objects.get_or_create(page_id=index.pk, defaults={"workflow": workflow})


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0005_what_editors_may"),
        ("articles", "0004_editors_desk"),
        ("authors", "0004_findable"),
        ("ratings", "0007_error_reports"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearchpromotions", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(give_roles, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, migrations.RunPython.noop),
    ]
