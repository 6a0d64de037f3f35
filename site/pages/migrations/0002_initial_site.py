"""An empty database becomes a usable, empty site: its pages, its groups, and nothing of Wagtail's samples."""

from django.db import migrations
from django.utils import timezone
from treebeard.mp_tree import MP_Node

from pages.privacy import privacy_body

SAMPLE_WORKFLOW = "Moderators approval"
SAMPLE_GROUPS = ("Moderators", "Editors")  # Wagtail's moderators may publish pages; ours judge comments.


def remove_samples(apps, schema_editor):
    """Remove Wagtail's welcome page with the site that serves it, its workflow and its groups; other pages stay."""
    Page = apps.get_model("wagtailcore", "Page")
    welcome = Page.objects.filter(
        depth=2, numchild=0, slug="home", content_type__app_label="wagtailcore", content_type__model="page"
    )
    apps.get_model("wagtailcore", "Site").objects.filter(root_page__in=welcome).delete()
    welcome.delete()
    for model in ("WorkflowPage", "WorkflowTask"):
        apps.get_model("wagtailcore", model).objects.filter(workflow__name=SAMPLE_WORKFLOW).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=SAMPLE_WORKFLOW).delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=SAMPLE_WORKFLOW).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=SAMPLE_GROUPS).delete()


def make_pages(apps, schema_editor):
    """Make the home page and the pages under it, and the site that serves them unless there is another already."""
    Page = apps.get_model("wagtailcore", "Page")
    locale = apps.get_model("wagtailcore", "Locale").objects.get()
    now = timezone.now()

    def make(app, model, path, title, slug, url_path, **fields):
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app, model=model.lower()
        )
        # Historical models know nothing of the tree, so its columns are written by hand.
        return apps.get_model(app, model).objects.create(
            path=path,
            depth=len(path) // 4,
            numchild=0,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=url_path,
            content_type=content_type,
            locale=locale,
            live=True,
            first_published_at=now,
            last_published_at=now,
            **fields,
        )

    root = Page.objects.get(depth=1)
    last = Page.objects.filter(depth=2).order_by("path").last()
    place = MP_Node._get_path(root.path, 2, MP_Node._str2int(last.path[-4:]) + 1 if last else 1)
    home = make(
        "pages", "HomePage", place, "Almanac", "home", "/home/", tagline="Articles you can trust, and can answer."
    )
    make("articles", "ArticleIndexPage", f"{place}0001", "Articles", "articles", "/home/articles/", show_in_menus=True)
    make("articles", "TopicPage", f"{place}0002", "Topics", "topics", "/home/topics/", show_in_menus=True)
    make("authors", "AuthorIndexPage", f"{place}0003", "Authors", "authors", "/home/authors/", show_in_menus=True)
    make("pages", "InformationPage", f"{place}0004", "Privacy", "privacy", "/home/privacy/", body=privacy_body())
    Page.objects.filter(pk=home.pk).update(numchild=4)
    Page.objects.filter(pk=root.pk).update(numchild=Page.objects.filter(depth=2).count())
    Site = apps.get_model("wagtailcore", "Site")
    if not Site.objects.exists():
        # Host and port follow the public address after every migration.
        Site.objects.create(
            hostname="localhost", port=80, site_name="Almanac", root_page_id=home.pk, is_default_site=True
        )


def make_groups(apps, schema_editor):
    """Make our groups: editors write and publish articles and authors; comment moderators judge comments, no more."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")

    def permission(app, model, codename, name):
        # Django makes the rows after the migrations, and takes those that are there.
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        return Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[
            0
        ]

    enter_admin = permission("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")

    editors = Group.objects.create(name="Editors")
    editors.permissions.add(enter_admin)
    for action in ("add", "change", "publish"):
        of_pages = permission("wagtailcore", "page", f"{action}_page", f"{action.title()} any page")
        for page in Page.objects.filter(url_path__in=["/home/articles/", "/home/authors/"]):
            apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
                group=editors, page=page, permission=of_pages
            )
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "choose"):
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.create(
                group=editors,
                collection=apps.get_model("wagtailcore", "Collection").objects.get(depth=1),
                permission=permission(app, model, f"{action}_{model}", f"Can {action} {model}"),
            )

    moderators = Group.objects.create(name="Comment moderators")
    moderators.permissions.add(
        enter_admin, permission("ratings", "comment", "moderate_comment", "Can moderate reader comments")
    )


class Migration(migrations.Migration):
    """Runs after every migration of Wagtail that makes samples or permissions."""

    dependencies = [
        ("pages", "0001_initial"),
        ("articles", "0002_initial"),
        ("authors", "0002_initial"),
        ("ratings", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.RunPython(remove_samples, migrations.RunPython.noop),
        migrations.RunPython(make_pages, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
