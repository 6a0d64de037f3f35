"""Articles as the HTML of their bodies, in the dialects of many tools."""

# ruff: noqa: E501 (markup stands as the tools write it)

from __future__ import annotations

import html

from tests.exchange.corpus.elements import Element, runs


class Dialect:
    """Plain good HTML, as a hand or a modern editor writes it; other dialects differ in what they override."""

    figure = '<figure><img src="{address}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'
    boxes = {"tip": "callout", "warning": "callout callout-warning", "info": "summary-box", "story": "story"}

    def body(self, elements: list[Element] | tuple[Element, ...]) -> str:
        """Return `elements` as HTML."""
        return "\n".join(getattr(self, element.kind)(element) for element in elements)

    def inline(self, text: str) -> str:
        """Return `text` with its emphasis and links."""
        return "".join(self.run(html.escape(words, quote=False), look, link) for words, look, link in runs(text))

    def run(self, words: str, look: str, link: str) -> str:
        """Return a run of words."""
        if link:
            return f'<a href="{link}">{words}</a>'
        return {"bold": f"<strong>{words}</strong>", "italic": f"<em>{words}</em>"}.get(look, words)

    def heading(self, element: Element) -> str:
        """Return a heading."""
        return f"<h{element.level}>{self.inline(element.text)}</h{element.level}>"

    def paragraph(self, element: Element) -> str:
        """Return a paragraph."""
        return f"<p>{self.inline(element.text)}</p>"

    def list(self, element: Element) -> str:
        """Return a list."""
        tag = "ol" if element.ordered else "ul"
        return f"<{tag}>{''.join(f'<li>{self.inline(item)}</li>' for item in element.items)}</{tag}>"

    def tasks(self, element: Element) -> str:
        """Return a list with boxes to tick."""
        items = "".join(f'<li><input type="checkbox" disabled> {self.inline(item)}</li>' for item in element.items)
        return f'<ul class="contains-task-list">{items}</ul>'

    def quote(self, element: Element) -> str:
        """Return a quotation."""
        said = "".join(f"<p>{self.inline(item)}</p>" for item in element.items)
        cite = f"<cite>{self.inline(element.cite)}</cite>" if element.cite else ""
        return f"<blockquote>{said}{cite}</blockquote>"

    def table(self, element: Element) -> str:
        """Return a table."""
        header, *rows = element.rows
        caption = f"<caption>{self.inline(element.caption)}</caption>" if element.caption else ""
        head = f"<thead><tr>{''.join(f'<th>{self.inline(cell)}</th>' for cell in header)}</tr></thead>"
        lines = [f"<tr>{''.join(f'<td>{self.inline(cell)}</td>' for cell in row)}</tr>" for row in rows]
        return f"<table>{caption}{head}<tbody>{''.join(lines)}</tbody></table>"

    def picture(self, element: Element) -> str:
        """Return a picture with its caption."""
        alt = html.escape(element.alt)
        return self.figure.format(address=element.address, alt=alt, caption=self.inline(element.caption))

    def video(self, element: Element) -> str:
        """Return a video, embedded."""
        number = element.address.rsplit("=")[-1].rsplit("/")[-1]
        host = "player.vimeo.com/video" if "vimeo" in element.address else "www.youtube.com/embed"
        return f'<iframe src="https://{host}/{number}" title="{html.escape(element.text)}" allowfullscreen></iframe>'

    def box(self, element: Element) -> str:
        """Return a box."""
        return f'<div class="{self.boxes[element.look]}">{self.body(element.inner)}</div>'

    def details(self, element: Element) -> str:
        """Return a question that opens."""
        return f"<details><summary>{self.inline(element.text)}</summary>{self.body(element.inner)}</details>"


class CareSite(Dialect):
    """A public health service: cards for warnings, insets for what is important."""

    def box(self, element: Element) -> str:
        """Return a card or an inset."""
        if element.look == "warning":
            return f'<div class="nhsuk-care-card"><div class="nhsuk-care-card__content">{self.body(element.inner)}</div></div>'
        return f'<div class="nhsuk-inset-text">{self.body(element.inner)}</div>'

    def details(self, element: Element) -> str:
        """Return a question that opens."""
        inner = self.body(element.inner)
        return (
            '<details class="nhsuk-details"><summary class="nhsuk-details__summary">'
            f'<span class="nhsuk-details__summary-text">{self.inline(element.text)}</span></summary>'
            f'<div class="nhsuk-details__text">{inner}</div></details>'
        )


class OldHand(Dialect):
    """By hand, long ago: `b`, `font`, no captions."""

    figure = '<p><center><img src="{address}" alt="{alt}"><br><i>{caption}</i></center></p>'

    def run(self, words: str, look: str, link: str) -> str:
        """Return a run of words."""
        plain = super().run(words, "", link)
        return {"bold": f"<b>{plain}</b>", "italic": f"<i>{plain}</i>"}.get(look, plain)

    def box(self, element: Element) -> str:
        """Return a table of one cell with a color."""
        return f'<table bgcolor="#eeeecc" cellpadding="8"><tr><td>{self.body(element.inner)}</td></tr></table>'

    def paragraph(self, element: Element) -> str:
        """Return a paragraph that nothing ends."""
        return f'<p><font face="Verdana">{self.inline(element.text)}</font>'


class GoogleDocs(Dialect):
    """What Google Docs exports: nothing but classes, and a table for each box."""

    def run(self, words: str, look: str, link: str) -> str:
        """Return a run of words, as a span with a class of its own."""
        if link:
            return (
                f'<span class="c8"><a class="c4" href="https://www.google.com/url?q={link}&amp;sa=D">{words}</a></span>'
            )
        return f'<span class="{ {"bold": "c2", "italic": "c5"}.get(look, "c0") }">{words}</span>'

    def heading(self, element: Element) -> str:
        """Return a heading with an id."""
        return (
            f'<h{element.level} class="c6" id="h.{len(element.text)}x">{self.inline(element.text)}</h{element.level}>'
        )

    def paragraph(self, element: Element) -> str:
        """Return a paragraph."""
        return f'<p class="c1">{self.inline(element.text)}</p>'

    def list(self, element: Element) -> str:
        """Return a list."""
        tag = "ol" if element.ordered else "ul"
        items = "".join(f'<li class="c1 li-bullet-0">{self.inline(item)}</li>' for item in element.items)
        return f'<{tag} class="c7 lst-kix_a-0 start">{items}</{tag}>'

    def tasks(self, element: Element) -> str:
        """Return a list of boxes, which are characters."""
        return self.body([Element(kind="list", items=tuple(f"☐ {item}" for item in element.items))])

    def quote(self, element: Element) -> str:
        """Return a quotation: a paragraph that is set in."""
        said = " ".join([*element.items, *([f"— {element.cite}"] if element.cite else [])])
        said = said if said.startswith("“") else "“" + said.replace(" — ", "” — ", 1)
        return f'<p class="c9">{self.inline(f"*{said}*")}</p>'

    def table(self, element: Element) -> str:
        """Return a table without a header of its own."""
        caption = f'<p class="c1"><span class="c2">{html.escape(element.caption)}</span></p>' if element.caption else ""
        if element.caption and not element.caption.startswith("Table "):
            caption = self.heading(Element(kind="heading", text=element.caption, level=3))
        rows = []
        for number, row in enumerate(element.rows):
            cells = [f"**{cell}**" if number == 0 and cell else cell for cell in row]
            rows.append("".join(f'<td class="c3"><p class="c1">{self.inline(cell)}</p></td>' for cell in cells))
        return f'{caption}<table class="c10"><tbody>{"".join(f"<tr>{row}</tr>" for row in rows)}</tbody></table>'

    def picture(self, element: Element) -> str:
        """Return a picture with a caption in italics below."""
        image = f'<span style="overflow: hidden"><img alt="{html.escape(element.alt)}" src="images/image1.png" title=""></span>'
        return f'<p class="c1">{image}</p><p class="c1"><span class="c5">{html.escape(element.caption)}</span></p>'

    def video(self, element: Element) -> str:
        """Return a video: its address."""
        return f'<p class="c1"><span class="c0">{element.address}</span></p>'

    def box(self, element: Element) -> str:
        """Return a table of one cell."""
        return f'<table class="c10"><tbody><tr><td class="c3">{self.body(element.inner)}</td></tr></tbody></table>'

    def details(self, element: Element) -> str:
        """Return a bold question."""
        return self.paragraph(Element(kind="paragraph", text=f"**{element.text}**")) + self.body(element.inner)


class Word(GoogleDocs):
    """What Word saves as HTML, or lays on the clipboard."""

    def run(self, words: str, look: str, link: str) -> str:
        """Return a run of words."""
        plain = f'<a href="{link}">{words}</a>' if link else words
        return {"bold": f"<b>{plain}</b>", "italic": f"<i>{plain}</i>"}.get(look, plain)

    def heading(self, element: Element) -> str:
        """Return a heading."""
        return f"<h{element.level}>{self.inline(element.text)}<o:p></o:p></h{element.level}>"

    def paragraph(self, element: Element) -> str:
        """Return a paragraph."""
        return f"<p class=MsoNormal>{self.inline(element.text)}<o:p></o:p></p>"

    def list(self, element: Element) -> str:
        """Return a list: paragraphs whose marks are text that Word means to ignore."""
        pieces = []
        for number, item in enumerate(element.items, start=1):
            mark = f"{number}." if element.ordered else "·"
            place = "First" if number == 1 else "Last" if number == len(element.items) else "Middle"
            pieces.append(
                f"<p class=MsoListParagraphCxSp{place} style='text-indent:-18.0pt;mso-list:l{int(element.ordered)} level1 lfo1'>"
                f"<![if !supportLists]><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>"
                f"&nbsp;&nbsp;&nbsp; </span></span><![endif]>{self.inline(item)}<o:p></o:p></p>"
            )
        return "\n".join(pieces)

    def picture(self, element: Element) -> str:
        """Return a picture, and its caption in the style for captions."""
        image = f'<img width=600 src="article_files/image001.png" alt="{html.escape(element.alt)}">'
        caption = f"<p class=MsoCaption>{self.inline(element.caption)}<o:p></o:p></p>"
        return f"<p class=MsoNormal>{image}<o:p></o:p></p>\n{caption}"


class GoogleClipboard(GoogleDocs):
    """What Google Docs lays on the clipboard: styles and no classes."""

    def run(self, words: str, look: str, link: str) -> str:
        """Return a run of words, as a span with a style."""
        style = {"bold": "font-weight:700;", "italic": "font-style:italic;"}.get(look, "font-weight:400;")
        span = f'<span style="font-size:11pt;font-family:Arial;{style}">{words}</span>'
        return f'<a href="{link}" style="text-decoration:none;">{span}</a>' if link else span

    def paragraph(self, element: Element) -> str:
        """Return a paragraph."""
        return f'<p dir="ltr" style="line-height:1.38;">{self.inline(element.text)}</p>'

    def list(self, element: Element) -> str:
        """Return a list with a paragraph in each item."""
        tag = "ol" if element.ordered else "ul"
        items = [
            f'<li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation">{self.inline(item)}</p></li>'
            for item in element.items
        ]
        return f"<{tag} style='margin-top:0;'>{''.join(items)}</{tag}>"


class Gutenberg(Dialect):
    """The block editor of WordPress: HTML between comments."""

    def body(self, elements: list[Element] | tuple[Element, ...]) -> str:
        """Return `elements`, each between its comments."""
        return "\n\n".join(self._block(element) for element in elements)

    def _block(self, element: Element) -> str:
        names = {"picture": "image", "video": "embed", "box": "group", "tasks": "list"}
        name = names.get(element.kind, element.kind)
        attributes = ' {"ordered":true}' if element.ordered else ""
        return f"<!-- wp:{name}{attributes} -->\n{getattr(self, element.kind)(element)}\n<!-- /wp:{name} -->"

    def list(self, element: Element) -> str:
        """Return a list, each item a block."""
        tag = "ol" if element.ordered else "ul"
        items = "".join(
            f"<!-- wp:list-item -->\n<li>{self.inline(item)}</li>\n<!-- /wp:list-item -->" for item in element.items
        )
        return f'<{tag} class="wp-block-list">{items}</{tag}>'

    def tasks(self, element: Element) -> str:
        """Return a list of boxes, which are characters."""
        return self.list(Element(kind="list", items=tuple(f"☐ {item}" for item in element.items)))

    def quote(self, element: Element) -> str:
        """Return a quotation, its paragraphs blocks."""
        said = "".join(
            f"<!-- wp:paragraph -->\n<p>{self.inline(item)}</p>\n<!-- /wp:paragraph -->" for item in element.items
        )
        cite = f"<cite>{self.inline(element.cite)}</cite>" if element.cite else ""
        return f'<blockquote class="wp-block-quote">{said}{cite}</blockquote>'

    def table(self, element: Element) -> str:
        """Return a table as a figure."""
        plain = super().table(Element(kind="table", rows=element.rows))
        caption = f'<figcaption class="wp-element-caption">{self.inline(element.caption)}</figcaption>'
        return f'<figure class="wp-block-table">{plain}{caption if element.caption else ""}</figure>'

    def picture(self, element: Element) -> str:
        """Return a picture as a figure."""
        plain = super().picture(element)
        return plain.replace("<figure>", '<figure class="wp-block-image size-large">')

    def video(self, element: Element) -> str:
        """Return a video: its address in a figure."""
        return (
            '<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\n'
            f"{element.address}\n</div></figure>"
        )

    def box(self, element: Element) -> str:
        """Return a group with a background."""
        return f'<div class="wp-block-group has-background">{self.body(element.inner)}</div>'
