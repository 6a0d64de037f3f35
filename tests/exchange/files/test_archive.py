"""Zip files and folders: each file in its own format, nothing hostile is unpacked, and the others go on."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from articles.exchange import zips
from articles.exchange.documents import Document, Entry, Ignored, Unreadable
from articles.exchange.formats import number_of_entries, read_file
from articles.exchange.source import Refused
from tests.exchange.files.making import link, p, png, word, zipped

TEXT = "A Title\n\nA paragraph that says something.\n"
MARKDOWN = "# A title\n\nA paragraph.\n\n![A bed](../img/bed.png)\n"
GOOD = {"good.txt": TEXT}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "export.zip"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have temporary folders made in one of ours, which is empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert [*folder.iterdir()] == []


def documents(entries: list[Entry]) -> list[str]:
    return [entry.foreign_id for entry in entries if isinstance(entry, Document)]


def refusals(path: Path) -> dict[str, str]:
    """Read the archive, whose one good text has to come along, and return what was refused and why."""
    entries = [*read_file(path)]
    assert documents(entries) == ["export/good.txt/a-title"]
    return {entry.place: entry.reason for entry in entries if isinstance(entry, Unreadable)}


def test_every_file_is_read_in_its_own_format_by_name(path, tmp_path):
    letter = word(tmp_path / "letter.docx", p("A letter", "Title") + p("Text.")).read_bytes()
    zipped(path, {"posts/b.md": MARKDOWN, "a.txt": TEXT, "posts/c.docx": letter})

    entries = [entry for entry in read_file(path) if isinstance(entry, Document)]

    assert [(entry.format, entry.place, entry.foreign_id) for entry in entries] == [
        ("text", "a.txt", "export/a.txt/a-title"),
        ("markdown", "posts/b.md", "export/posts/b.md/a-title"),
        ("docx", "posts/c.docx", "export/posts/c.docx/a-letter"),
    ]


@pytest.mark.parametrize("name", ["export-2026-11-23.zip", "export (2).zip", "export.zip"])
def test_article_is_known_whatever_the_archive_is_called_this_time(tmp_path, name):
    assert documents([*read_file(zipped(tmp_path / name, GOOD))]) == ["export/good.txt/a-title"]


def test_file_in_a_folder_is_known_by_its_place_on_the_disk(tmp_path):
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text(TEXT)

    assert documents([*read_file(folder)]) == [str(folder / "deep" / "a.txt")]
    assert number_of_entries(folder) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_pictures_are_found_beside_the_text(tmp_path, packed):
    text = (
        "# A title\n\n![](../img/bed.png)\n\n![](/uploads/lamp.png)\n\n![](<moon 1.png>)\n\n"
        "![](https://old.test/uploads/lamp.png)\n\n![](https://old.test/bed.png)\n\n![](gone.png)\n"
    )
    files: dict[str, bytes | str] = {
        "posts/a.md": text,
        "img/bed.png": png("teal"),
        "static/uploads/lamp.png": png("red"),
        "attachments/moon 1.png": png("gold"),
    }
    if packed:
        found = read_file(zipped(tmp_path / "site.zip", files))
    else:
        for name, data in files.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data if isinstance(data, bytes) else data.encode())
        found = read_file(tmp_path / "site")

    (document,) = [entry for entry in found if isinstance(entry, Document)]

    assert {address: read() for address, read in document.pictures.items()} == {
        "../img/bed.png": png("teal"),
        "/uploads/lamp.png": png("red"),
        "moon%201.png": png("gold"),
        "https://old.test/uploads/lamp.png": png("red"),
    }


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.txt", "Its name leads out of the archive."),
        ("a/../../evil.txt", "Its name leads out of the archive."),
        ("/etc/evil.txt", "Its name is an absolute path."),
        ("C:/evil.txt", "Its name is an absolute path."),
        ("a\\..\\evil.txt", "Its name holds a backslash."),
        ("e\x01vil.txt", "Its name holds control characters."),
        ("e" * 401 + ".txt", "Its name has more than 400 characters."),
    ],
)
def test_entry_with_a_hostile_name_is_refused_by_it(path, tmp_path, name, reason):
    zipped(path, {name: TEXT, **GOOD})

    assert refusals(path) == {name.replace("\x01", "\ufffd")[:200]: reason}
    assert not [*tmp_path.rglob("evil*")]


def test_link_is_refused(path):
    with ZipFile(path, "w") as archive:
        archive.writestr(link("passwd.txt"), "/etc/passwd")
        archive.writestr("good.txt", TEXT)

    assert refusals(path) == {"passwd.txt": "It is a link, and links are not followed."}


def test_links_in_a_folder_are_refused(tmp_path):
    folder, secret = tmp_path / "notes", tmp_path / "secret"
    folder.mkdir()
    secret.mkdir()
    (secret / "a.txt").write_text(TEXT)
    (folder / "one.txt").symlink_to(secret / "a.txt")
    (folder / "all").symlink_to(secret)
    os.mkfifo(folder / "pipe.txt")

    assert {entry.place: entry.reason for entry in read_file(folder) if isinstance(entry, Unreadable)} == {
        "all": "It is a link, and links are not followed.",
        "one.txt": "It is a link, and links are not followed.",
        "pipe.txt": "It is no plain file.",
    }


def test_entry_that_unpacks_to_a_thousand_times_its_size_is_refused(path):
    zipped(path, {"bomb.txt": b"\0" * 3_000_000, **GOOD})

    assert refusals(path) == {"bomb.txt": "It would unpack to more than 100 times its size."}


def test_entry_that_lies_about_its_size_gives_no_more_than_it_says(path):
    zipped(path, {"bomb.txt": "ha " * 300_000, **GOOD})
    data = path.read_bytes()
    with ZipFile(path) as archive:
        info = archive.getinfo("bomb.txt")
    path.write_bytes(data.replace(info.file_size.to_bytes(4, "little"), (9).to_bytes(4, "little")))

    assert refusals(path) == {"bomb.txt": "It is damaged."}


def test_archive_in_an_archive_is_not_opened(path, tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"a.txt": TEXT}).read_bytes()
    zipped(path, {"inner.zip": inner, "hidden.txt": inner, **GOOD})

    assert {*refusals(path).values()} == {"It is an archive in an archive: unpack it and import it by itself."}


def test_second_entry_of_a_name_is_refused(path):
    with ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("good.txt", TEXT)
        archive.writestr("good.txt", "Other\n\nText.\n")

    assert refusals(path) == {"good.txt": "The archive has another entry of this name, which is the one that is read."}


def test_encrypted_and_oddly_packed_entries_are_refused(path):
    with ZipFile(path, "w") as archive:
        archive.writestr("secret.txt", TEXT)
        archive.writestr("odd.txt", TEXT, ZIP_LZMA)
        archive.writestr("good.txt", TEXT)
        archive.getinfo("secret.txt").flag_bits |= 1

    assert refusals(path) == {
        "odd.txt": "It is packed in a way that is not read here.",
        "secret.txt": "It is encrypted.",
    }


def test_damaged_entry_is_refused_alone(path):
    zipped(path, {"bad.txt": "b" + TEXT, **GOOD})
    with ZipFile(path) as archive:
        info = archive.getinfo("bad.txt")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len("bad.txt") + 3] ^= 0xFF
    path.write_bytes(data)

    assert refusals(path) == {"bad.txt": "It is damaged."}


def test_archive_with_too_many_entries_is_refused_before_its_directory_is_read(path, monkeypatch):
    zipped(path, {f"{number}.txt": TEXT for number in range(4)})
    monkeypatch.setattr(zips, "MOST_ENTRIES", 3)
    monkeypatch.setattr(zips, "ZipFile", lambda *_: pytest.fail("read"))

    with pytest.raises(Refused, match="more than 3 entries"):
        [*read_file(path)]


def test_archive_whose_directory_lies_about_its_length_is_refused(path, monkeypatch):
    zipped(path, {f"{number}.txt": TEXT for number in range(4)})
    data = bytearray(path.read_bytes())
    data[-14:-10] = (1).to_bytes(2, "little") * 2
    path.write_bytes(data)
    monkeypatch.setattr(zips, "MOST_ENTRIES", 3)

    with pytest.raises(Refused, match="more than 3 entries"):
        [*read_file(path)]


def test_archive_whose_entries_overlap_is_refused(path):
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", os.urandom(5_000))
        kernel = archive.getinfo("a.txt")
        for number in range(3):
            archive.filelist.append(_same_data(kernel, f"{number}.txt"))

    with pytest.raises(Refused, match="overlap"):
        [*read_file(path)]


def test_archive_that_unpacks_to_too_much_names_its_largest_entry(path, monkeypatch):
    zipped(path, {"large.txt": TEXT * 3, **GOOD})
    monkeypatch.setattr(zips, "MOST_BYTES", 100)

    with pytest.raises(Refused, match=r"would unpack to [\d,]+ bytes \(“large\.txt”"):
        [*read_file(path)]


def test_archive_cut_off_anywhere_is_refused_in_a_sentence(path):
    data = zipped(path, {"a.md": MARKDOWN, "img/bed.png": png()}).read_bytes()

    for end in range(4, len(data) - 1, 13):
        path.write_bytes(data[:end])
        with pytest.raises(Refused, match=r"^The archive is damaged or cut off"):
            [*read_file(path)]


def test_nothing_is_left_when_the_reader_stops_early(path, temporary):
    zipped(path, {"a.txt": TEXT, "b.txt": TEXT})

    entries = read_file(path)
    next(entries)
    assert [*temporary.iterdir()]
    entries.close()  # type: ignore[attr-defined]  # it is a generator

    assert [*temporary.iterdir()] == []


def test_litter_pictures_and_templates_are_counted_and_not_read(path):
    zipped(
        path,
        {
            "good.txt": TEXT,
            "__MACOSX/._good.txt": "x",
            ".DS_Store": "x",
            ".obsidian/app.json": "{}",
            "img/a.png": png(),
            "style.css": "p { color: red }",
            "_config.yml": "title: A site",
            "_layouts/post.html": "<p>{{ content }}</p>",
            "LICENSE": "All rights",
        },
    )

    ignored = [entry for entry in read_file(path) if isinstance(entry, Ignored)]

    assert [(entry.what, entry.count) for entry in ignored] == [
        ("files ending in “.css”", 1),
        ("files ending in “.yml”", 1),
        ("files without an ending", 1),
        ("hidden files", 3),
        ("pictures and files, which come along where a text shows them", 1),
        ("templates of a site", 1),
    ]
    assert refusals(path) == {}


def _same_data(info, name):
    """Return an entry called `name` whose data are those of `info`."""
    from copy import copy

    other = copy(info)
    other.filename = other.orig_filename = name
    return other
