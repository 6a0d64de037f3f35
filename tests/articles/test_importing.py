"""Importing files: created, unchanged, updated, refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from articles.exchange.importing import Options, import_file
from articles.models import ArticlePage, ImportedFrom, TopicPage
from authors.models import AuthorPage
from prose.words import words
from ratings.models import Rating, RatingSummary

pytestmark = pytest.mark.django_db

TEXT = """Why the Kettle Whistles

Water that boils makes steam, and steam needs room. A kettle lends it a small hole.

What the Whistle Is

Steam leaves the spout faster than a cyclist rides, and the air in the spout begins to swing.

Tip: Fill the kettle with what you need and no more.

Small Hole Large Hole
Whistles loudly after minutes Stays silent for ever
Keeps the steam inside Lets the steam escape
Warns you from afar Needs your full attention

Article Rating

★ 4.8 (25 reviews)
Ada Brook

Ada Brook

I boil water for a living and write about what happens next.
"""


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(text: str | bytes = TEXT, name: str = "kettle.txt") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def run(*arguments: object) -> int:
    """Run the command as from a shell and return its exit code."""
    try:
        call_command("import_articles", *map(str, arguments))
    except SystemExit as exit_:
        return int(exit_.code or 0)
    return 0


def report(*arguments: object, into: Path) -> list[dict]:
    run(*arguments, "--report", into)
    return json.loads(into.read_text())["files"]


def test_file_becomes_a_draft_with_author_and_rating_total(write):
    found = import_file(write(), Options())

    article = ArticlePage.objects.get()
    assert (found.status, article.live, article.title, article.slug) == (
        "created", False, "Why the Kettle Whistles", "why-the-kettle-whistles",
    )  # fmt: skip
    summary = RatingSummary.objects.get(article=article)
    assert (str(summary.legacy_mean), summary.legacy_count) == ("4.80", 25)
    assert not Rating.objects.exists()
    author = AuthorPage.objects.get()
    assert (author.title, author.live) == ("Ada Brook", False)
    assert [person.author for person in article.get_latest_revision_as_object().contributors.all()] == [author]


def test_published_article_shows_every_word_of_its_source(write, client):
    import_file(write(), Options(publish=True, topic="Kettles"))

    article = ArticlePage.objects.get()
    shown = Counter(words(BeautifulSoup(client.get(article.url).content, "html.parser").get_text(" ")))
    assert not Counter(words(TEXT)) - shown
    assert AuthorPage.objects.get().live
    assert [topic.title for topic in article.topics.all()] == ["Kettles"]
    assert TopicPage.objects.get(title="Kettles").url == "/topics/kettles/"


def test_same_file_again_changes_nothing(write):
    path = write()
    import_file(path, Options(publish=True))
    before = list(ArticlePage.objects.values()), list(ImportedFrom.objects.values()), list(AuthorPage.objects.values())

    assert import_file(path, Options(publish=True)).status == "unchanged"

    assert before == (
        list(ArticlePage.objects.values()),
        list(ImportedFrom.objects.values()),
        list(AuthorPage.objects.values()),
    )


def test_copy_of_a_file_elsewhere_is_the_same_article(write):
    import_file(write(), Options())

    assert import_file(write(name="copy/of-kettle.txt"), Options()).status == "unchanged"
    assert ArticlePage.objects.count() == 1


def test_copy_of_a_file_with_other_options_is_the_same_article_too(write):
    import_file(write(), Options())

    again = import_file(write(name="copy/of-kettle.txt"), Options(topic="Kettles", publish=True))

    assert again.status == "updated"
    assert [topic.title for topic in ArticlePage.objects.get().topics.all()] == ["Kettles"]


def test_changed_file_updates_the_article_and_keeps_its_address(write):
    import_file(write(), Options(publish=True))
    changed = TEXT.replace("Why the Kettle Whistles", "Why Kettles Whistle").replace("25 reviews", "26 reviews")

    assert import_file(write(changed), Options(publish=True)).status == "updated"

    article = ArticlePage.objects.get()
    assert (article.title, article.slug, article.live) == ("Why Kettles Whistle", "why-the-kettle-whistles", True)
    assert RatingSummary.objects.get().legacy_count == 26


def test_article_that_an_editor_changed_is_not_overwritten(write):
    import_file(write(), Options(publish=True))
    article = ArticlePage.objects.get()
    article.title = "The Editor’s Title"
    article.save_revision().publish()

    found = import_file(write(TEXT.replace("cyclist", "runner")), Options(publish=True))

    assert found.status == "updated"
    assert "edited after its last import" in found.reason
    article.refresh_from_db()
    assert (article.title, article.has_unpublished_changes) == ("The Editor’s Title", True)


def test_what_waits_over_an_editors_text_does_not_open_it_to_the_next_import(write, editor):
    import_file(write(), Options(publish=True))
    article = ArticlePage.objects.get()
    article.title = "By hand"
    article.save_revision(user=editor).publish()

    for animal in ("runner", "swimmer"):
        found = import_file(write(TEXT.replace("cyclist", animal)), Options(publish=True))
        assert "waits as a draft over it" in found.reason
        article.refresh_from_db()
        assert (article.live, article.title) == (True, "By hand")


def test_two_archives_of_one_name_hold_articles_of_their_own(tmp_path):
    for folder, title in (("a", "Heat pumps"), ("b", "Puppies")):
        (tmp_path / folder).mkdir()
        with ZipFile(tmp_path / folder / "export.zip", "w") as archive:
            archive.writestr("index.md", f"# {title}\n\nA text.\n")

    for _again in range(2):
        assert run(tmp_path / "a" / "export.zip", tmp_path / "b" / "export.zip") == 0

    assert sorted(ArticlePage.objects.values_list("title", flat=True)) == ["Heat pumps", "Puppies"]


def test_publishing_later_publishes_the_draft(write):
    path = write()
    import_file(path, Options())
    assert import_file(path, Options(publish=True)).status == "updated"
    assert ArticlePage.objects.get().live


def test_two_articles_of_one_title_get_addresses_of_their_own(write):
    import_file(write(), Options())
    import_file(write(TEXT.replace("cyclist", "runner"), "other.txt"), Options())

    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {
        "why-the-kettle-whistles",
        "why-the-kettle-whistles-1",
    }


def test_author_option_names_the_author_of_a_file_without_one(write):
    without = TEXT.partition("Article Rating")[0]
    import_file(write(without), Options(author="Ruth Lee"))

    assert [author.title for author in AuthorPage.objects.all()] == ["Ruth Lee"]


def test_known_author_is_found_in_any_case_and_keeps_the_biography(write, author):
    import_file(write(TEXT.replace("Ada Brook", "ADA BROOK")), Options(publish=True))

    assert AuthorPage.objects.get() == author
    assert author.biography == "<p>Boils water for a living.</p>"


def test_dry_run_reports_the_same_and_writes_nothing(write, tmp_path):
    path = write()
    dry = report(path, "--dry-run", into=tmp_path / "dry.json")
    assert not ArticlePage.objects.exists()
    assert not AuthorPage.objects.exists()

    real = report(path, into=tmp_path / "real.json")

    assert dry[0].pop("url") is None
    assert real[0].pop("url") == "http://testserver/articles/why-the-kettle-whistles/"
    assert dry == real


def test_dry_run_of_a_known_file_says_unchanged_and_of_a_changed_one_updated(write):
    import_file(write(), Options())
    assert import_file(write(), Options(dry_run=True)).status == "unchanged"
    assert import_file(write(TEXT + "\nMore."), Options(dry_run=True)).status == "updated"


def test_dry_run_of_a_changed_file_tells_which_blocks_go_and_come(write):
    import_file(write(), Options())

    changed = TEXT.replace("Why the Kettle Whistles", "Why It Whistles").replace("Tip: Fill", "Note: Fill")
    found = import_file(write(changed.replace("what you need", "half of it")), Options(dry_run=True))

    assert found.differences == (
        "− title: Why the Kettle Whistles",
        "+ title: Why It Whistles",
        "− tip: Fill the kettle with what you need and no more.",
        "+ tip: Fill the kettle with half of it and no more.",
    )
    assert import_file(write(), Options(dry_run=True)).differences == ()


def test_recovered_table_is_marked_for_the_editor(write, admin, client):
    import_file(write(), Options())
    article = ArticlePage.objects.get()

    (note,) = article.imported_from.notes
    assert note["kind"] == "table"
    client.force_login(admin)
    page = client.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert note["text"] in BeautifulSoup(page, "html.parser").get_text()
    assert f"#block-{note['block']}-section" in page


def test_notes_of_an_import_go_when_somebody_has_saved_the_article(write, admin, client):
    import_file(write(), Options())
    article = ArticlePage.objects.get()
    client.force_login(admin)
    address = f"/admin/pages/{article.pk}/edit/"
    assert "import-notes" in client.get(address).content.decode()

    article.get_latest_revision_as_object().save_revision(user=admin)

    assert "import-notes" not in client.get(address).content.decode()


def test_draft_that_an_editor_publishes_shows_its_new_author(write, editor, client):
    import_file(write(), Options())
    article = ArticlePage.objects.get()
    client.force_login(editor)

    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={article.pk}")

    assert AuthorPage.objects.get().live
    assert "I boil water for a living" in client.get(article.url).content.decode()


def test_import_does_not_bring_a_withdrawn_author_back(write):
    import_file(write(), Options(publish=True))
    AuthorPage.objects.get().unpublish()

    import_file(write(TEXT.replace("cyclist", "runner")), Options(publish=True))

    assert not AuthorPage.objects.get().live


def test_article_without_notes_has_no_panel_for_them(article, admin, client):
    client.force_login(admin)

    assert "import-notes" not in client.get(f"/admin/pages/{article.pk}/edit/").content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"  \n\n\t ", "empty"),
        (b"Title\n\n\x00\x01\x02 binary", "binary"),
        (b"Title\n\nCaf" + b"\xe9 au lait", "byte"),
        (b"x" * 1_000_001, "larger than"),
        (b"- one\n- two\n- three\n", "title"),
    ],
)
def test_bad_file_is_refused_in_words_and_the_others_are_imported(write, tmp_path, content, sentence):
    bad, good = write(content, "bad.txt"), write()

    assert run(bad, good, "--report", tmp_path / "report.json") == 1

    refused, created = json.loads((tmp_path / "report.json").read_text())["files"]
    assert (refused["status"], created["status"]) == ("refused", "created")
    assert sentence in refused["reason"]
    assert "Traceback" not in refused["reason"]
    assert ArticlePage.objects.count() == 1


def test_total_that_nobody_counted_is_only_reported(write):
    found = import_file(write(TEXT.replace("25 reviews", "99999999999999999999 reviews")), Options())

    assert (found.status, found.recognized.rating) == ("created", None)


def test_name_that_is_too_long_is_refused_in_words(write):
    found = import_file(write(TEXT.partition("Article Rating")[0]), Options(author="x" * 300))

    assert found.status == "refused"
    assert "255" in found.reason
    assert not ArticlePage.objects.exists()


def test_article_that_was_withdrawn_stays_withdrawn(write):
    path = write()
    import_file(path, Options(publish=True))
    ArticlePage.objects.get().unpublish()

    assert import_file(path, Options(publish=True)).status == "unchanged"
    again = import_file(write(TEXT.replace("cyclist", "runner")), Options(publish=True))

    assert (again.status, ArticlePage.objects.get().live) == ("updated", False)
    assert "waits as a draft" in again.reason


def test_report_that_cannot_be_written_is_told_before_anything_is_imported(write, tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        run(write(), "--report", tmp_path / "none" / "report.json")
    assert not ArticlePage.objects.exists()


def test_missing_file_is_refused(tmp_path):
    assert run(tmp_path / "none.txt") == 1


def test_folder_stands_for_its_text_files(write, tmp_path):
    write(name="folder/a.txt")
    write(TEXT.replace("Kettle", "Teapot"), name="folder/b.txt")
    write(b"\x00", name="folder/c.png")

    assert run(tmp_path / "folder") == 0
    assert ArticlePage.objects.count() == 2


def test_folder_without_text_files_is_an_error(tmp_path):
    assert run(tmp_path) == 1


def test_reference_article_is_imported_word_for_word(reference_article, client, tmp_path):
    (found,) = report(reference_article, "--publish", into=tmp_path / "report.json")

    source = Counter(words(reference_article.read_text(encoding="utf-8")))
    placed = Counter(words(found["title"]))
    for part in [*found["blocks"], *found["outside"]]:
        placed += Counter(words(part["text"]))
    assert source == placed
    assert (found["words"]["lost"], found["words"]["invented"]) == ([], [])
    page = client.get(found["url"].removeprefix("http://testserver")).content
    shown = words(BeautifulSoup(page, "html.parser").get_text(" "))
    for block in found["blocks"]:
        # The numbers of a list are no words: the browser counts.
        text = re.sub(r"(?m)^\s*\d+[.)]\s", "", block["text"])
        remaining = iter(shown)
        assert all(word in remaining for word in words(text)), block["kind"]
    text = " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())
    assert "★ 5.0 (40 reviews)" in text
