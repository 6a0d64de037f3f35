"""Shortcodes (`[gallery ids="1,2"]`) as HTML. Of one that is not known the marks go and are listed; its text stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from django.utils.translation import gettext

from articles.exchange.markers import embedded, figure, given_as, link
from articles.exchange.source import Refused
from articles.exchange.wordpress.callouts import CALLOUT_SHORTCODE, callout
from articles.exchange.wordpress.classic import TAG
from articles.exchange.wordpress.kinds import Body

DEEPEST = 60
MOST = 10_000
LONGEST_LISTED = 100
"""Characters of a shortcode that are listed."""

SAID = r"""(?:[\s=/](?:[^\[\]"'<>]++|"[^"\[\]]*+"|'[^'\[\]]*+'|["'<>])*+)?"""
SHORTCODE = re.compile(rf"\[(?P<escaped>\[)?(?P<ends>/)?(?P<name>[a-zA-Z][\w-]{{0,60}})(?P<said>{SAID})\](?P<end>\])?")
START = re.compile(r"[<\[]")
CLOSED = re.compile(r"\[/([a-zA-Z][\w-]{0,60})\s{0,9}\]")
ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]{1,60})\s{0,5}=\s{0,5}(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
    r"""|"(?P<quoted>[^"]*)"|(?P<word>[^\s"']+)"""
)
CURLY = "“”„″″‘’′"
PICTURE_AND_CAPTION = re.compile(
    r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(?:<br\s*/?>)?(.*)", re.DOTALL | re.IGNORECASE
)
IN_PARAGRAPH = re.compile(r"<p\b[^<>]*>\s{0,20}(<!-- [a-z_]+[^<>]*-->|<figure>|<pre>|<blockquote>)")
OUT_OF_PARAGRAPH = re.compile(r"(<!-- /[a-z_]+ -->|</figure>|</pre>|</blockquote>)\s{0,20}</p>")

VERBATIM = {"pre", "code", "script", "style", "textarea"}
CODE = {"code", "sourcecode", "php", "html", "css", "javascript", "js", "python", "bash", "sql", "xml", "java"}
VIDEOS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
TITLED = re.compile(r"(?:\w*_)?(?:toggle|accordion(?:_item|_tab)?|spoiler|tab|section|faq|question|expand|panel)")


@dataclass
class _Open:
    name: str
    written: str
    attributes: dict[str, str]
    inner: list[str] = field(default_factory=list)


Translate = Callable[[str, dict[str, str], str, Body], str]


def without_shortcodes(text: str, body: Body) -> str:
    """Return `text` with its shortcodes as HTML; text in brackets that is no shortcode stays.

    Raises Refused for more of them than any article has.
    """
    if "[" not in text:
        return text
    closed = {name.lower() for name in CLOSED.findall(text)}
    opened = [_Open("", "", {})]
    end = 0
    for number, code in enumerate(_shortcodes(text, closed)):
        if number >= MOST:
            raise Refused(gettext("The text has more than %(most)d shortcodes.") % {"most": MOST})
        opened[-1].inner.append(text[end : code.start()])
        end = code.end()
        name = code["name"].lower()
        if code["escaped"] and code["end"]:
            opened[-1].inner.append(code[0][1:-1])
            continue
        before, behind = "[" if code["escaped"] else "", code["end"] or ""
        opened[-1].inner.append(before)
        if code["ends"]:
            _end(opened, name, code[0], body)
        elif name in CODE and (stop := _end_of_code(code, text)):
            opened[-1].inner.append(_code(text[end:stop]))
            end = text.find("]", stop) + 1 or len(text)
        elif name in closed and len(opened) < DEEPEST and not code["said"].rstrip().endswith("/"):
            opened.append(_Open(name, code[0], attributes_of(code["said"])))
        else:
            opened[-1].inner.append(_translated(name, code[0], attributes_of(code["said"]), "", body))
        opened[-1].inner.append(behind)
    opened[-1].inner.append(text[end:])
    while len(opened) > 1:
        _close(opened, body)
    return OUT_OF_PARAGRAPH.sub(r"\1", IN_PARAGRAPH.sub(r"\1", "".join(opened[0].inner)))


def attributes_of(said: str) -> dict[str, str]:
    """Return the attributes of a shortcode; those without a name by their position, from "0"."""
    found: dict[str, str] = {}
    positions = iter(range(1000))
    for match in ATTRIBUTE.finditer(said.strip().removeprefix("=").removesuffix("/")[:20_000]):
        if match["name"]:
            value = next(match[kind] for kind in ("double", "single", "bare") if match[kind] is not None)
            found[match["name"].lower()] = unescape(value).strip(CURLY)
        else:
            found[str(next(positions, 999))] = unescape(match["quoted"] or match["word"] or "").strip(CURLY)
    return found


def _shortcodes(text: str, closed: set[str]) -> Iterator[re.Match[str]]:
    """Yield what is a shortcode in `text`: neither in tags and comments, nor in code."""
    position = 0
    while start := START.search(text, position):
        at = start.start()
        position = at + 1
        if text.startswith("<!--", at):
            position = text.find("-->", at) + 3
            if position < 3:
                return
        elif text[at] == "<":
            tag = TAG.match(text, at)
            if tag and not tag["ends"] and tag["name"].lower() in VERBATIM:
                position = max(tag.end(), text.find(f"</{tag['name']}", tag.end()))
            elif tag:
                position = tag.end()
        else:
            code = SHORTCODE.match(text, at)
            if code and _is_one(code, closed):
                yield code
                position = code.end()
                if code["name"].lower() in CODE and not code["ends"] and (end := _end_of_code(code, text)):
                    position = text.find("]", end) + 1 or len(text)


def _end_of_code(code: re.Match[str], text: str) -> int:
    """Return where the end of `code` begins; 0 if it has none."""
    return max(0, text.find(f"[/{code['name']}", code.end()))


def _is_one(code: re.Match[str], closed: set[str]) -> bool:
    """Whether it is more than a word in brackets: known, with an attribute or an underscore, or closed further on."""
    name = code["name"].lower()
    if name in closed:
        return True
    if code["ends"]:
        return False
    return name in ALONE or "_" in name or re.search(r"[\w-]\s*=\s*\S", code["said"]) is not None


def _end(opened: list[_Open], name: str, written: str, body: Body) -> None:
    if any(each.name == name for each in opened):
        while _close(opened, body) != name:
            pass
    else:
        body.removed[f"shortcode “{written}”"] += 1


def _close(opened: list[_Open], body: Body) -> str:
    code = opened.pop()
    opened[-1].inner.append(_translated(code.name, code.written, code.attributes, "".join(code.inner), body))
    return code.name


def _translated(name: str, written: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    kind = name.removeprefix("su_")
    translate = TRANSLATORS.get(kind)
    if translate:
        return translate(kind, attributes, inner, body)
    title = attributes.get("title") or attributes.get("heading") or ""
    if CALLOUT_SHORTCODE.fullmatch(name) and inner:
        styles = [attributes.get(key, "") for key in ("type", "style", "class", "color", "variant", "0")]
        heading = f"<h4>{escape(title)}</h4>\n" if title else ""
        return callout(" ".join([kind.replace("_", "-"), *styles]), heading + inner)
    body.removed[f"shortcode “{written[:LONGEST_LISTED]}”"] += 1
    if title:
        tag = "h3" if TITLED.fullmatch(name) else "p"
        return f"\n\n<{tag}>{escape(title)}</{tag}>\n\n{inner}"
    return inner


def _caption(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    parts = PICTURE_AND_CAPTION.match(inner)
    caption = attributes.get("caption") or (parts[2].strip() if parts else "")
    if not parts:
        return f"{inner}\n{caption}" if caption not in inner else inner
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    behind = parts[2] if attributes.get("caption") else ""
    return f"\n<figure>{parts[1]}{below}</figure>\n{behind}"


def _gallery(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    keys = attributes.get("ids") or attributes.get("include") or ",".join(body.media.children.get(body.post_id, ()))
    figures, missing = body.media.figures(keys)
    if missing or not keys:
        body.removed["picture of a gallery that is not in the file"] += len(missing) or 1
    return f"\n{figures}\n"


def _video(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    names = ("url", "src", "id", "mp4", "webm", "m4v", "mp3", "0")
    said = next((attributes[name] for name in names if attributes.get(name)), inner.strip()).strip()
    pattern = next((pattern for host, pattern in VIDEOS.items() if host in name), "{}")
    address = said if "/" in said else pattern.format(said)
    if not said or not address.startswith(("http://", "https://", "//")):
        body.removed[f"shortcode “{name}”"] += 1
        return inner
    address = f"https:{address}" if address.startswith("//") else address
    is_file = name in {"video", "audio", "playlist"}
    return f"\n{link(address) if is_file else embedded(address)}"


def _quote(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    said_by = next((attributes[key] for key in ("cite", "author", "name", "by") if attributes.get(key)), "")
    return f"\n<blockquote>{inner}{f'<cite>{escape(said_by)}</cite>' if said_by else ''}</blockquote>\n"


def _button(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    address = next((attributes[key] for key in ("url", "link", "href") if attributes.get(key)), "")
    text = inner or escape(attributes.get("text") or attributes.get("title") or "")
    return f' <a href="{escape(address)}">{text or escape(address)}</a> ' if address else text


def _picture(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    address = attributes.get("src") or attributes.get("url") or ""
    return f"\n{figure(address, attributes.get('alt', ''), inner)}" if address else inner


def _checklist(name: str, attributes: dict[str, str], inner: str, body: Body) -> str:
    return given_as("checklist", inner)


def _code(text: str) -> str:
    written = text.strip("\r\n")
    return f"\n<pre><code>{written if '&lt;' in written else escape(written, quote=False)}</code></pre>\n"


TRANSLATORS: dict[str, Translate] = {
    "audio": _video,
    "blockquote": _quote,
    "button": _button,
    "caption": _caption,
    "checklist": _checklist,
    "embed": _video,
    "embedyt": _video,
    "gallery": _gallery,
    "img": _picture,
    "pullquote": _quote,
    "quote": _quote,
    "video": _video,
    "vimeo": _video,
    "wp_caption": _caption,
    "youtube": _video,
    "youtube_sc": _video,
}
ALONE = {"gallery", "youtube", "vimeo", "embed", "toc", "contact-form", "contact-form-7", "playlist", "sharethis"}
"""Shortcodes that need neither an attribute nor an end."""
