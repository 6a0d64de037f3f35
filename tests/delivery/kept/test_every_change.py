"""Whatever changes, every kept page says what a fresh one would, and what is withdrawn is gone at once.

One small site, and one change after the other as an editor, a reader, a moderator or the clock makes it. After each,
the kept pages are compared with freshly made ones, byte by byte: a change that says too little of itself, and a page
that says too little of what it shows, both end in a page that is not what it should be.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction, Site

from articles import actions as desk
from articles.models import Contributor, SignOff
from authors.models import Credential
from delivery.kept import refresher as refreshing
from delivery.kept.addresses import public_addresses
from delivery.kept.keeping import start_keeping, stop_keeping
from delivery.kept.refresher import Refresher
from delivery.kept.rendering import render
from delivery.kept.tree import tree
from freshness import memory
from pages.cards.actions import draw_card
from pages.models import HomePage, SiteSettings, SocialCard
from pictures.actions import make_renditions
from pictures.models import Picture
from ratings import actions as readers
from ratings.models import Comment, DiscussionPolicy, Kind, Reader, State
from tests.delivery.kept.small_site import SmallSite, drawn, small_site

pytestmark = pytest.mark.django_db

PASSWORD = "password"


Change = Callable[[SmallSite], object]


@pytest.fixture
def world(machine, admin, moderator, monkeypatch) -> SmallSite:
    monkeypatch.setattr(refreshing, "SPACING", 0.0)
    monkeypatch.setattr(HomePage, "NEWEST", 0)  # so that votes on what does not stand there count
    monkeypatch.setattr(os, "fsync", lambda file: None)
    return small_site(admin, moderator)


@pytest.fixture
def see(world, django_capture_on_commit_callbacks) -> Callable[[str, Change], None]:
    """Return a function that makes a change and looks at all kept pages, before and after they are made again."""
    worker = Refresher()
    with django_capture_on_commit_callbacks(execute=True):
        pass
    worker.finish()
    compare("the beginning")

    def make(name: str, change: Change) -> None:
        before = set(public_addresses())
        with django_capture_on_commit_callbacks(execute=True):
            change(world)
        withdrawn = before - set(public_addresses())
        assert not withdrawn & set(tree().addresses()), f"{name}: not gone at once"
        worker.finish()
        compare(name)

    return make


def compare(name: str) -> None:
    """Fail unless exactly the public pages are kept, each as it is when it is made of nothing that is kept."""
    stop_keeping()
    memory.forget()
    fresh = {path: render(path) for path in public_addresses()}
    start_keeping()
    kept = {path: tree().read(path) for path in tree().addresses()}
    assert all(page.may_be_kept for page in fresh.values()), [page.path for page in fresh.values()]
    assert set(kept) == set(fresh), f"{name}: not every public page is kept, or another one"
    wrong = {path: difference(kept[path] or b"", page.body) for path, page in fresh.items() if kept[path] != page.body}
    assert not wrong, f"{name}: {wrong}"


def difference(kept: bytes, fresh: bytes) -> tuple[set[bytes], set[bytes]]:
    """Return the lines that are kept and should not be, and those that are missing."""
    old, new = set(kept.split(b"\n")), set(fresh.split(b"\n"))
    return old - new, new - old


def walk(see: Callable[[str, Change], None], changes: dict[str, Change]) -> None:
    for name, change in changes.items():
        see(name, change)


def restrict(name: str) -> Change:
    def change(world: SmallSite) -> None:
        world.send(f"/admin/pages/{world.keys[name]}/privacy/", restriction_type="password", password="secret")
        assert PageViewRestriction.objects.filter(page=world.keys[name]).exists()

    return change


def open_again(name: str) -> Change:
    return lambda world: world.send(f"/admin/pages/{world.keys[name]}/privacy/", restriction_type="none")


def unpublish(name: str) -> Change:
    return lambda world: world.send(f"/admin/pages/{world.keys[name]}/unpublish/", include_descendants="")


def delete(name: str) -> Change:
    return lambda world: world.page(name).delete()


def move(name: str, below: str) -> Change:
    return lambda world: world.page(name).move(world.page(below), pos="first-child")


def publish(name: str, **fields: Any) -> Change:
    return lambda world: world.publish(name, **fields)


def chosen(name: str, column: str, *others: str) -> Change:
    return lambda world: world.publish(name, **{column: [world.page(other) for other in others]})


def sign_off(world: SmallSite) -> None:
    today = timezone.localdate()
    desk.sign_off(
        article=world.page("steam"),
        reviewer=world.page("ben"),
        kind=SignOff.Kind.MEDICAL,
        signed_by=None,
        today=today,
        due_on=today + timedelta(days=20),
    )


def tagged(name: str, *words: str) -> Change:
    def change(world: SmallSite) -> None:
        article = world.page(name)
        article.tags.set(words)
        article.save_revision().publish()

    return change


def saved(model: type[Any], name: str, **fields: Any) -> Change:
    def change(world: SmallSite) -> None:
        found = model.objects.get(pk=world.keys[name])
        for column, value in fields.items():
            setattr(found, column, value)
        found.save()

    return change


def removed(model: type[Any], name: str) -> Change:
    return lambda world: model.objects.get(pk=world.keys[name]).delete()


def settings(**fields: Any) -> Change:
    return lambda world: SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)


def test_articles(see):
    def schedule(world: SmallSite) -> None:
        world.publish("steam", expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled", verbosity=0)

    def alias(world: SmallSite) -> None:
        copy = world.page("steam").create_alias(update_slug="alias")
        world.keys["alias"] = copy.pk

    def copy(world: SmallSite) -> None:
        world.keys["copy"] = world.page("steam").copy(update_attrs={"slug": "copy", "title": "Copy"}).pk

    def correct(world: SmallSite) -> None:
        steam, today = world.page("steam"), timezone.localdate()
        wrong = steam.versions.order_by("number").first()
        desk.correct(article=steam, text="It needs room.", wrong=wrong, by=None, today=today, now=timezone.now())

    def revert(world: SmallSite) -> None:
        world.page("steam").revisions.order_by("pk").first().publish()

    walk(
        see,
        {
            "a draft is saved": lambda world: world.page("steam").save_revision(),
            "a text is corrected": publish("steam", body=[{"type": "text", "value": "<p>Steam needs much room.</p>"}]),
            "its substance is revised": publish("steam", revision_note="A new study"),
            "readers are told of a mistake": correct,
            "an article is called otherwise": publish("steam", title="Vapor"),
            "an article moves": publish("steam", slug="vapor"),
            "a recommended draft is published": publish("draft", summary="Of a draft"),
            "an article gets other topics": chosen("draft", "topics", "kettles", "sleep"),
            "an article gets tags": tagged("draft", "Hot", "New"),
            "an article loses a tag": tagged("draft", "New"),
            "somebody else wrote it": lambda world: world.publish(
                "draft", contributors=[Contributor(author=world.page("ben"))]
            ),
            "an article is featured": lambda world: world.publish("home", featured=world.page("draft")),
            "and on a topic": lambda world: world.publish("kettles", featured=world.page("draft")),
            "it is taken off": unpublish("draft"),
            "and published again": publish("draft"),
            "an alias is made": alias,
            "its original changes": publish("steam", title="Fog", summary="Clouds"),
            "an article is copied": copy,
            "the copy is deleted": delete("copy"),
            "an article expires": schedule,
            "and comes again": publish("steam", expire_at=None),
            "an older revision is published": revert,
            "a card is drawn": lambda world: draw_card.func(world.keys["whistle"]),
            "the card is removed": lambda world: SocialCard.objects.all().delete(),
            "an article is retracted": lambda world: desk.retract(
                article=world.page("whistle"), reason="Wrong.", by=None, now=world.now
            ),
            "and stands again": publish("whistle"),
            "an editor leads elsewhere": lambda world: Redirect.add_redirect("/articles/whistle", "/articles/", True),
            "an article is imported": lambda world: desk.create_article(
                content=desk.ArticleContent(title="New", body=[], topics=[world.page("dreams")]), publish=True
            ),
            "an article is deleted": delete("draft"),
        },
    )


def test_tree(see):
    walk(
        see,
        {
            "a topic is called otherwise": publish("dreams", title="Nightmares"),
            "a topic moves": publish("sleep", slug="rest"),
            "a topic goes below another": move("dreams", "kettles"),
            "a topic goes in front": move("kettles", "top"),
            "a topic is for some": restrict("dreams"),
            "the topic above as well": restrict("kettles"),
            "the one below alone": open_again("kettles"),
            "for everybody again": open_again("dreams"),
            "a topic is taken off": unpublish("dreams"),
            "and published": publish("dreams"),
            "the list of articles moves": publish("index", slug="reading", title="Reading"),
            "it is for some": restrict("index"),
            "it is for everybody": open_again("index"),
            "an information page is called otherwise": publish("about", title="About us", slug="us"),
            "an information page is for some": restrict("about"),
            "and for everybody": open_again("about"),
            "a topic is deleted": delete("dreams"),
            "an information page is deleted": delete("about"),
        },
    )
    answers = [Client().get(f"/{path}") for path in ("topics/sleep/", "articles/", "articles/steam/", "about/")]
    told = [(answer.status_code, answer.get("Location")) for answer in answers]
    assert told == [(301, "/topics/rest/"), (301, "/reading/"), (301, "/reading/steam/"), (404, None)]


def test_people(see):
    credential = Credential(degree="Physician", body="Ashford")
    walk(
        see,
        {
            "an author gets another name": publish("ada", title="Ada Ash"),
            "another job": publish("ada", job_title="Physicist"),
            "a credential": publish("ada", credentials=[credential]),
            "other topics": chosen("ada", "topics", "dreams", "kettles"),
            "somebody signs off": sign_off,
            "the reviewer gets a job": publish("ben", job_title="Nurse"),
            "the reviewer is taken off": unpublish("ben"),
            "and comes back": publish("ben"),
            "the reviewer is for some": restrict("people"),
            "and for everybody": open_again("people"),
            "a sign-off is withdrawn": lambda world: desk.withdraw_sign_off(
                sign_off=SignOff.objects.get(), by=world.moderator, now=world.now
            ),
            "a portrait is drawn anew": lambda world: make_renditions([Picture.objects.get(pk=world.keys["portrait"])]),
            "the portrait is deleted": removed(Picture, "portrait"),
            "an author moves": publish("ada", slug="ada-ash"),
        },
    )


def test_pictures_and_documents(see):
    def replace(world: SmallSite) -> None:
        picture = Picture.objects.get(pk=world.keys["picture"])
        picture.file = ContentFile(drawn("red"), name="red.png")
        picture.save()

    walk(
        see,
        {
            "a picture gets its sizes": lambda world: make_renditions([Picture.objects.get(pk=world.keys["picture"])]),
            "its description is edited": saved(Picture, "picture", description="A pot", credit="Ada"),
            "its license is edited": saved(Picture, "picture", license_url="https://example.org/license"),
            "its file is replaced": replace,
            "it becomes the logo": lambda world: settings(logo_id=world.keys["picture"])(world),
            "the logo is replaced": replace,
            "a picture is deleted": removed(Picture, "picture"),
            "a document gets another file": saved(
                get_document_model(), "document", file=ContentFile(b"new", name="new-plan.txt")
            ),
            "a document is deleted": removed(get_document_model(), "document"),
        },
    )


def test_site(see):
    def menu(world: SmallSite) -> None:
        link = {"type": "page", "value": {"page": world.keys["dreams"], "label": ""}}
        settings(menu=[link], editorial_policy_id=world.keys["about"])(world)

    def another_first_page(world: SmallSite) -> None:
        site = Site.objects.get()
        site.root_page_id = world.keys["index"]
        site.save()

    walk(
        see,
        {
            "the site gets a name": settings(name="Kettle", description="On kettles."),
            "numbers to call": settings(
                emergency_numbers=[{"type": "number", "value": {"label": "Ambulance", "number": "112"}}]
            ),
            "a menu": menu,
            "a page of the menu is called otherwise": publish("dreams", title="Night"),
            "a page above it moves": publish("sleep", slug="rest"),
            "a page of the menu is taken off": unpublish("dreams"),
            "a policy is for some": restrict("about"),
            "the first page gets a tagline": publish("home", tagline="All of it"),
            "a page wants into the menu": lambda world: world.publish("people", show_in_menus=True),
            "the settings are deleted": lambda world: SiteSettings.objects.all().delete(),
            "the site begins elsewhere": another_first_page,
        },
    )


def imported(world: SmallSite, article: str, text: str) -> readers.ForeignComment:
    fields = {"source": "old", "foreign_id": text, "name": "Ada", "text": text, "written_at": world.now}
    return readers.ForeignComment(article=world.keys[article], published_at=world.now, helpful=1, **fields)


def test_readers(see):
    def delete_own(world: SmallSite) -> None:
        comment = Comment.objects.get(text="And whistles.")
        readers.delete(comment=comment, reader=comment.reader, now=world.now)

    walk(
        see,
        {
            "a vote": lambda world: world.rate("steam", 2),
            "votes that make a mean": lambda world: [world.rate("steam", stars) for stars in (5, 5, 5)],
            "a comment": lambda world: world.comment("steam", "Hot."),
            "a review with stars": lambda world: world.comment("steam", "Hotter.", kind=Kind.REVIEW, stars=1),
            "an answer": lambda world: world.comment(
                "whistle", "And whistles.", parent=Comment.objects.get(text="It *sings*.")
            ),
            "comments are imported": lambda world: readers.take_over(
                comments=[imported(world, "whistle", "Old."), imported(world, "steam", "Older.")], now=world.now
            ),
            "a comment is pinned": lambda world: readers.pin(
                comment=Comment.objects.get(text="Hot."), pinned=True, now=world.now, moderator=world.moderator
            ),
            "a comment is picked": lambda world: readers.pick(
                comment=Comment.objects.get(text="Hot."), reason="Short", now=world.now, moderator=world.moderator
            ),
            "a comment is hidden": lambda world: world.decide("Hot.", State.HIDDEN),
            "and shown again": lambda world: world.decide("Hot.", State.PUBLISHED),
            "a comment is found helpful": lambda world: readers.find_helpful(
                comment=Comment.objects.get(text="Hot."), reader=Reader.objects.create(), helpful=True, now=world.now
            ),
            "a comment is deleted": delete_own,
            "the ratings begin anew": lambda world: readers.begin_anew(
                article=world.page("whistle"), moderator=world.moderator, now=world.now, reason="Wrong"
            ),
            "discussions close in the evening": lambda world: DiscussionPolicy.objects.update_or_create(
                topic=None, article_type="", defaults={"closed_from": "22:00", "closed_until": "06:00"}
            ),
            "they are open at all hours": lambda world: DiscussionPolicy.objects.all().delete(),
        },
    )


def test_clock(see, world, monkeypatch):
    """Nobody does anything, and yet a review lapses, a discussion closes, and an article is too old to recommend."""

    def later(days: int) -> Change:
        now = datetime.now(UTC) + timedelta(days=days)
        return lambda _world: monkeypatch.setattr(timezone, "now", lambda: now)

    walk(
        see,
        {
            "a review is due in three weeks": sign_off,
            "discussions close after a month": lambda world: DiscussionPolicy.objects.create(closes_after_days=30),
            "the review has lapsed": later(22),
            "the discussions have closed": later(31),
            "everything is old": later(3 * 366 + 31),
        },
    )
    assert b"closed on" in (tree().read("/articles/whistle/") or b"")
    assert b"Read next" not in (tree().read("/articles/whistle/") or b"")
