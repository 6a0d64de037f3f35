"""Small Word files and zip files, made by hand."""

from __future__ import annotations

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from PIL import Image

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{rest}"'
    for prefix, rest in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
        ("m", "officeDocument/2006/math"),
    )
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2", "Subtitle": "Subtitle", "Quote": "Quote"}


def png(color: str = "teal", size: int = 8) -> bytes:
    """Return a small picture."""
    file = BytesIO()
    Image.new("RGB", (size, size), color).save(file, "PNG")
    return file.getvalue()


def zipped(path: Path, files: dict[str, bytes | str]) -> Path:
    """Make a zip file of `files` at `path`."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def link(name: str) -> ZipInfo:
    """Return the entry of a symbolic link."""
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def word(path: Path, body: str, **parts: bytes | str) -> Path:
    """Make a Word file with `body`, in XML; `parts` are others by the last part of their paths, `_` for `.`."""
    others = {"document_xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>", **parts}
    folders = {"core_xml": "docProps", "image1_png": "word/media", "document_xml_rels": "word/_rels"}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    return zipped(
        path,
        {
            "_rels/.rels": (
                f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
                'Target="word/document.xml"/></Relationships>'
            ),
            "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        }
        | {f"{folders.get(key, 'word')}/{key.replace('_', '.')}": data for key, data in others.items()},
    )


def p(text: str, style: str = "") -> str:
    """Return a paragraph of a Word file."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}</w:p>"


def run(text: str, *, bold: bool = False) -> str:
    """Return a run of text in a paragraph of a Word file."""
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def picture(alt: str, relation: str = 'r:embed="rId9"') -> str:
    """Return a paragraph with a picture."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f"<pic:blipFill><a:blip {relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r></w:p>"
    )


def picture_relation(target: str = "media/image1.png", *, external: bool = False) -> str:
    """Return the relationships of a document with one picture."""
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="{target}"{mode}/></Relationships>'
    )
