"""Social cards: drawn ahead, kept while they are true, gone with their article."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageChops
from wagtail.models import PageViewRestriction

from articles.models import ArticleIndexPage, Contributor
from pages.cards import drawing, fonts
from pages.cards.actions import draw_card, renew_cards
from pages.cards.drawing import CardText, can_write, draw, png
from pages.cards.setting import length, set_text
from pages.models import InformationPage, SocialCard
from ratings import actions
from tests.findable.reading import meta_of

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LONG = "Everything you ever wanted to know about kettles, steam, and the cats that listen to them " * 3


def card_text(**fields) -> CardText:
    said = {"title": "Why the Kettle Whistles", "authors": "Ada Brook", "mean": "4.9", "reviews": "(41 reviews)"}
    return CardText(**(said | {"site": "Almanac"} | fields))


def file_of(article) -> Path:
    return Path(SocialCard.objects.get(page=article.pk).file.path)


class TestDrawing:
    def test_card_is_a_small_file_of_the_size_that_networks_show(self):
        data = png(draw(card_text()))

        found = Image.open(BytesIO(data))
        assert (found.format, found.size) == ("PNG", (1200, 630))
        assert len(data) < 100_000

    @pytest.mark.parametrize(
        "other",
        [{"title": "Why It Sings"}, {"authors": ""}, {"mean": "4.8"}, {"mean": "", "reviews": ""}, {"site": "B"}],
    )
    def test_card_and_digest_differ_with_all_that_is_said(self, other):
        first, second = card_text(), card_text(**other)

        assert ImageChops.difference(draw(first), draw(second)).getbbox()
        assert first.digest() != second.digest()
        assert first.digest() == card_text().digest()

    def test_colors_are_the_sites(self):
        tokens = (settings.ROOT / "site/static/css/tokens.css").read_text()
        light = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6})", tokens))

        for name in ("PAPER", "INK", "INK_SOFT", "LINE", "BRAND", "BRAND_SOFT", "ACCENT"):
            assert getattr(drawing, name) == light[name.lower().replace("_", "-")]

    @pytest.mark.parametrize("path", [fonts.BUILT_IN, fonts.paths()[0]])
    @pytest.mark.parametrize("title", ["Sleep", LONG, "Rindfleischetikettierung" * 9, "a " * 300, "“"])
    def test_title_stays_in_its_box(self, path, title):
        setting = set_text(title, path, width=860, height=310, sizes=drawing.TITLE_SIZES)

        assert len(setting.lines) * setting.line_height <= 310
        assert all(length(line, setting.font) <= 860 for line in setting.lines)
        shown = " ".join(setting.lines)
        assert shown.endswith("…") or re.sub(r"\s", "", shown) == re.sub(r"\s", "", title)

    def test_lines_are_about_as_long_as_each_other(self):
        setting = set_text("Is It Safe to Crack Your Own Back?", fonts.BUILT_IN, width=860, height=310, sizes=(84,))

        first, second = (length(line, setting.font) for line in setting.lines)
        assert min(first, second) > 0.7 * max(first, second)

    def test_title_that_no_font_can_write_gets_no_card(self, monkeypatch):
        monkeypatch.setattr(fonts, "paths", lambda: (fonts.BUILT_IN,))

        assert not can_write("自分で背中を鳴らす")
        assert not can_write("Übermut")
        assert not can_write("🦴")
        assert can_write("Crack 🦴 your back – safely")
        assert fonts.writable("🦴 back – safely", fonts.BUILT_IN) == " back - safely"
        draw(card_text(title="Crack 🦴 your back", authors="自分"))

    def test_text_from_right_to_left_needs_a_library_that_turns_it(self, monkeypatch):
        monkeypatch.setattr(drawing, "shapes_scripts", lambda: False)

        assert not can_write("האם בטוח")
        assert fonts.is_right_to_left("1. האם")
        assert not fonts.is_right_to_left("Is האם it")


@pytest.mark.django_db
class TestKeeping:
    def test_publishing_asks_for_the_card_in_the_same_transaction(self, make_article):
        waiting = DBTaskResult.objects.filter(task_path=draw_card.module_path)

        def publish_and_fail() -> None:
            with transaction.atomic():
                make_article("Rolled Back")
                assert waiting.count() == 1
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            publish_and_fail()
        assert not waiting.exists()

        make_article("A Draft", live=False)
        assert not waiting.exists()
        article = make_article()
        assert [task.args_kwargs["args"] for task in waiting] == [[article.pk]]

    def test_card_is_what_the_article_is_shared_with(self, article, author):
        Contributor.objects.create(article=article, author=author)

        assert draw_card.func(article.pk)

        said = meta_of(article.url)
        assert said["og:image"].endswith(SocialCard.objects.get().file.url)
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert said["twitter:card"] == "summary_large_image"
        assert Image.open(file_of(article)).size == (1200, 630)

    def test_card_is_drawn_anew_when_readers_have_rated_and_the_old_file_goes(
        self, article, django_capture_on_commit_callbacks
    ):
        draw_card.func(article.pk)
        before = file_of(article)

        assert renew_cards(now=NOW) == 0
        actions.set_legacy_total(article=article, mean=5, count=40)
        with django_capture_on_commit_callbacks(execute=True):
            assert renew_cards(now=NOW) == 1

        assert file_of(article) != before
        assert (file_of(article).exists(), before.exists()) == (True, False)
        assert renew_cards(now=NOW) == 0

    def test_renewing_draws_what_is_missing_so_many_at_once(self, make_article):
        for number in range(3):
            make_article(f"Number {number}")

        assert [renew_cards(now=NOW, limit=2) for _ in range(3)] == [2, 1, 0]

    def test_article_whose_card_cannot_be_drawn_keeps_no_other_from_its_own(self, make_article, monkeypatch, caplog):
        bad, *others = [make_article(f"Number {number}") for number in range(3)]

        def draw_or_fail(text: CardText) -> Image.Image:
            if text.title == bad.title:
                raise ZeroDivisionError
            return draw(text)

        monkeypatch.setattr("pages.cards.actions.draw", draw_or_fail)

        assert renew_cards(now=NOW) == 2
        assert {card.page_id for card in SocialCard.objects.all()} == {article.pk for article in others}
        assert f"The card of article {bad.pk} could not be drawn" in caplog.text

    def test_page_is_held_while_it_is_found_out_whether_readers_see_it(self, article):
        with CaptureQueriesContext(connection) as queries:
            draw_card.func(article.pk)

        told = [query["sql"] for query in queries]
        begun = max(number for number, sql in enumerate(told) if sql.startswith("SAVEPOINT"))
        held = told[begun + 1]
        assert 'FROM "wagtailcore_page"' in held
        assert held.endswith("FOR UPDATE") or not connection.features.has_select_for_update

    def test_card_that_was_being_drawn_when_its_article_left_is_not_kept(self, article, monkeypatch):
        def unpublish_meanwhile(text: CardText) -> Image.Image:
            article.unpublish()
            return draw(text)

        monkeypatch.setattr("pages.cards.actions.draw", unpublish_meanwhile)
        folder = Path(settings.MEDIA_ROOT) / "cards"
        before = set(folder.glob("*"))

        assert not draw_card.func(article.pk)
        assert not SocialCard.objects.exists()
        assert set(folder.glob("*")) == before

    @pytest.mark.parametrize(
        "way", ["unpublish", "delete", "restrict", "move", "move with its list", "behind our back"]
    )
    def test_card_goes_with_its_article(self, article, way, django_capture_on_commit_callbacks):
        draw_card.func(article.pk)
        file = file_of(article)
        assert file.exists()

        with django_capture_on_commit_callbacks(execute=True):
            match way:
                case "unpublish":
                    article.unpublish()
                case "delete":
                    article.delete()
                case "restrict":
                    PageViewRestriction.objects.create(
                        page=ArticleIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN
                    )
                case "move" | "move with its list":
                    moved = article if way == "move" else ArticleIndexPage.objects.get()
                    private = InformationPage.objects.get()
                    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
                    assert file_of(article) == file
                    moved.move(private, pos="last-child")
                case _:
                    type(article).objects.update(live=False)
                    renew_cards(now=NOW)

        assert not SocialCard.objects.exists()
        assert not file.exists()
        assert not draw_card.func(article.pk or 0)

    def test_card_stays_when_its_article_moves_to_where_everybody_sees_it(self, article):
        draw_card.func(article.pk)

        article.move(InformationPage.objects.get(), pos="last-child")

        assert file_of(article).exists()
