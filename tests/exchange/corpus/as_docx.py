"""Articles as Word documents: the few parts of a .docx that a reader needs, made from nothing."""

# ruff: noqa: E501 (markup stands as the tools write it)

from __future__ import annotations

import base64
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from tests.exchange.corpus.description import Article
from tests.exchange.corpus.elements import Element, flat, runs

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>
</Types>"""
ROOT = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{R}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId3" Type="{R}/image" Target="media/image1.png"/></Relationships>'
)
STYLES = {"Title": "Title", "Heading2": "heading 2", "Heading3": "heading 3", "Quote": "Quote", "Caption": "caption"}
STYLES |= {"ListParagraph": "List Paragraph"}


def docx_of(article: Article, elements: list[Element]) -> bytes:
    """Return the article as a .docx; its title has the style “Title”, or is a first heading."""
    start = [_paragraph(article.title, "Title"), _paragraph(f"By {article.details['by']}")]
    body = "".join(start + [_element(each) for element in elements for each in flat(element)])
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:r="{R}"'
        f' xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture">'
        f"<w:body>{body}</w:body></w:document>"
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in STYLES.items()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", ROOT)
        package.writestr("word/_rels/document.xml.rels", RELATIONS)
        package.writestr("word/document.xml", document)
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
        package.writestr("word/numbering.xml", _numbering())
        package.writestr("word/media/image1.png", PIXEL)
    return file.getvalue()


def _numbering() -> str:
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/></w:lvl></w:abstractNum>'
        for number, form in ((1, "bullet"), (2, "decimal"))
    )
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f'<w:numbering xmlns:w="{W}">{kinds}{lists}</w:numbering>'


def _run(words: str, look: str = "", link: str = "") -> str:
    looks = {"bold": "<w:rPr><w:b/></w:rPr>", "italic": "<w:rPr><w:i/></w:rPr>"}
    return f'<w:r>{looks.get(look, "")}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _paragraph(text: str, style: str = "", number: int = 0) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{''.join(_run(*run) for run in runs(text))}</w:p>"


def _element(element: Element) -> str:
    match element.kind:
        case "heading":
            return _paragraph(element.text, f"Heading{element.level}")
        case "list":
            number = 2 if element.ordered else 1
            return "".join(_paragraph(item, "ListParagraph", number) for item in element.items)
        case "tasks":
            return "".join(_paragraph(f"☐ {item}") for item in element.items)
        case "quote":
            credit = (f"— {element.cite}",) if element.cite else ()
            return "".join(_paragraph(item, "Quote") for item in element.items + credit)
        case "table":
            return _table(element)
        case "picture":
            return _picture(element) + _paragraph(element.caption, "Caption")
        case "video":
            return _paragraph(element.address)
    return _paragraph(element.text)


def _table(element: Element) -> str:
    caption = element.caption
    said = _paragraph(caption, "Caption" if caption.startswith("Table ") else "Heading3") if caption else ""
    lines = []
    for number, row in enumerate(element.rows):
        cells = [f"**{cell}**" if number == 0 and cell else cell for cell in row]
        lines.append("<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>")
    return f"{said}<w:tbl>{''.join(lines)}</w:tbl>"


def _picture(element: Element) -> str:
    described = f'<wp:docPr id="1" name="Picture 1" descr={quoteattr(element.alt)}/>'
    image = (
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:blipFill><a:blip r:embed="rId3"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic>"
    )
    return f"<w:p><w:r><w:drawing><wp:inline>{described}{image}</wp:inline></w:drawing></w:r></w:p>"
