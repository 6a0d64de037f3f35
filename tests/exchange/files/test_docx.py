"""Word files become marked lines with their pictures; what is hostile in them is refused in a sentence."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from articles.exchange.documents import Document, Removed, Writer
from articles.exchange.formats import format_of, read_file
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused
from tests.exchange.files.making import NAMESPACES, p, picture, picture_relation, png, run, word, zipped

TITLE = p("Better Sleep", "Title")


def document(path: Path) -> Document:
    """Read the one document of a file."""
    (entry,) = read_file(path)
    assert isinstance(entry, Document)
    return entry


def lines(path: Path) -> list[str]:
    """Return the lines of a file that are not blank."""
    return [line for line in document(path).source.lines if line]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "article.docx"


def test_title_headings_and_emphasis_are_marked(path):
    word(
        path, TITLE + p("Why we sleep", "Heading1") + f"<w:p>{run('We sleep ')}{run('long', bold=True)}{run('.')}</w:p>"
    )

    assert lines(path) == ["# Better Sleep", "## Why we sleep", "We sleep **long**."]


def test_table_keeps_its_cells(path):
    rows = "".join(
        f"<w:tr><w:tc>{p(one)}</w:tc><w:tc>{p(two)}</w:tc></w:tr>" for one, two in (("Age", "Hours"), ("Adult", "8"))
    )
    word(path, TITLE + p("Hours by age.") + f"<w:tbl>{rows}</w:tbl>")

    (table,) = [block for block in recognize(document(path).source).blocks if block.kind == "table"]
    assert table.facts == {"rows": 1, "columns": 2, "header": ["Age", "Hours"]}


def test_picture_has_an_address_that_its_bytes_are_read_by(path):
    word(path, TITLE + picture("A bed"), image1_png=png(), document_xml_rels=picture_relation())

    entry = document(path)

    assert "![A bed](docx:image1.png)" in entry.source.lines
    assert entry.pictures["docx:image1.png"]() == png()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://127.0.0.1:9/a.png", "../../../etc/passwd"])
def test_picture_elsewhere_is_never_opened(path, target):
    word(
        path,
        TITLE + picture("A bed", 'r:link="rId9"') + p("Text."),
        document_xml_rels=picture_relation(target, external=True),
    )

    entry = document(path)

    assert entry.pictures == {}
    assert Removed(what="picture that is not in the file") in entry.removed


def test_footnotes_stand_at_the_end_without_arrows(path):
    note = '<w:footnote w:id="2">' + p("See the study.") + "</w:footnote>"
    word(
        path,
        TITLE + f'<w:p>{run("We sleep.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        footnotes_xml=f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>",
    )

    assert "".join(lines(path)[1:]).replace("\\", "") == "We sleep.<sup>[1]</sup>---1. See the study."


def test_deleted_text_and_comments_stay_behind_and_are_listed(path):
    deleted = '<w:del w:id="1"><w:r><w:delText>Old.</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("New.")}</w:ins>'
    comment = f'<w:comments {NAMESPACES}><w:comment w:id="0">{p("Is this so?")}</w:comment></w:comments>'
    word(path, TITLE + f"<w:p>{deleted}{inserted}</w:p>", comments_xml=comment)

    entry = document(path)

    assert [line for line in entry.source.lines if line] == ["# Better Sleep", "New."]
    assert Removed(what="deleted text of a tracked change") in entry.removed
    assert Removed(what="comment") in entry.removed


def test_no_text_of_fields_and_formulas_is_lost(path):
    field = f'<w:fldSimple w:instr=" SEQ Figure ">{run("7")}</w:fldSimple>'
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>"
    formula = f"<m:oMath><m:f>{part.format('num', 'kg')}{part.format('den', 'm')}</m:f></m:oMath>"
    word(path, TITLE + f"<w:p>{run('Figure ')}{field}{run(': ')}{formula}</w:p>")

    assert lines(path)[1] == "Figure 7: kg/m"


def test_file_tells_who_wrote_and_what_about(path):
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sleep</dc:title><dc:creator>Ada Brook</dc:creator>'
        "<cp:keywords>sleep, health</cp:keywords></cp:coreProperties>"
    )
    word(path, "".join(p(f"A long paragraph. It has sentences, number {number}.") for number in (1, 2)), core_xml=core)

    entry = document(path)

    assert (entry.details.authors, entry.details.tags) == ((Writer(name="Ada Brook"),), ("sleep", "health"))
    assert recognize(entry.source).title == "Sleep"


def test_entities_are_refused(path):
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'

    for encoding in ("utf-8", "utf-16"):
        word(path, "", document_xml=bomb.encode(encoding))
        with pytest.raises(Refused, match=r"declares entities in “word/document\.xml”"):
            document(path)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("".join(f"<w:p>{number}</w:p>" for number in range(90_001)), "more than 180,000 tags"),
        ("<w:r>" * 3_000 + "</w:r>" * 3_000, "damaged"),
        ("<w:p>", "damaged"),
    ],
)
def test_file_that_would_fill_the_memory_or_is_broken_is_refused(path, body, reason):
    word(path, body)

    with pytest.raises(Refused, match=reason):
        document(path)


def test_bomb_in_it_is_named(path):
    word(path, TITLE)
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bmp", b"\0" * 2_000_000)

    with pytest.raises(
        Refused, match=r"“word/media/bomb\.bmp” in it\. It would unpack to more than 100 times its size"
    ):
        document(path)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.odt", b"PK\3\4", "another word processor"),
        ("a.docx", b"not a zip file", "no Word file"),
    ],
)
def test_other_files_are_refused_with_advice(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(Refused, match=reason):
        document(tmp_path / name)


def test_file_cut_off_anywhere_is_refused_in_a_sentence(path, tmp_path):
    data = word(path, TITLE + picture("A bed"), image1_png=png(), document_xml_rels=picture_relation()).read_bytes()

    for end in range(1, len(data) - 1, 97):
        path.write_bytes(data[:end])
        with pytest.raises(Refused, match=r"^The file is no Word file"):
            document(path)


def test_zip_file_that_is_called_docx_is_no_word_file(path):
    zipped(path, {"a.txt": "A"})

    assert format_of(path).FORMAT == "docx"
    with pytest.raises(Refused, match="holds no document"):
        document(path)
