"""What the templates of public pages keep to: nothing inline, nothing from elsewhere, every word translatable."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    [
        *ROOT.glob("site/templates/**/*.html"),
        *ROOT.glob("articles/blocks/*/block.html"),
        *ROOT.glob("articles/templates/articles/*.html"),
        *ROOT.glob("ratings/templates/ratings/*.html"),
    ]
)


def name(template: Path) -> str:
    return str(template.relative_to(ROOT))


class Inline(HTMLParser):
    """Collects what a strict content security policy would refuse, and what asks somebody else for something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {key: value or "" for key, value in attrs}
        self.found += [f"<{tag} {key}>" for key in names if key == "style" or key.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names and names.get("type") != "application/ld+json"):
            self.found.append(f"<{tag}>")
        loads = tag in {"script", "img", "iframe", "source"} or (
            tag == "link" and names.get("rel") not in {"canonical", "alternate"}
        )
        if loads and re.match(r"(?:https?:)?//", names.get("src", "") or names.get("href", "")):
            self.found.append(f"<{tag}> from elsewhere")


def test_inline_finds_what_it_looks_for():
    page = '<p style="x" onclick="y"></p><script>z</script><script src="//cdn.example/a.js"></script><style></style>'

    assert Inline(page).found == ["<p style>", "<p onclick>", "<script>", "<script> from elsewhere", "<style>"]


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_template_holds_nothing_inline(template):
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*(?:src=|ld\+json))|\son[a-z]+=", template.read_text()) == []


@pytest.mark.parametrize("template", [each for each in TEMPLATES if each.name != "500.html"], ids=name)
def test_template_translates_every_word(template):
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.DOTALL)
    source = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", source, flags=re.DOTALL)
    text = re.sub(r"{[{%#].*?[}%#]}|<[^>]*>", " ", re.sub(r"{%.*?%}|{{.*?}}", "", source))

    # The name of the site is the same in every language.
    assert re.findall(r"[A-Za-z]{2,}", text.replace("Almanac", "")) == []


@pytest.mark.parametrize(
    "path", ["/", "/articles/", "/topics/", "/topics/kettles/", "/authors/", "/privacy/", "/nowhere/"]
)
def test_page_holds_nothing_inline(client, full_site, path):
    page = client.get(path).content.decode()

    assert Inline(page).found == []


def test_article_holds_nothing_inline(client, full_site):
    assert Inline(client.get(full_site.url).content.decode()).found == []


def test_comment_pages_hold_nothing_inline(client, full_site):
    address = reverse("ratings:comment", args=[full_site.pk])
    preview = {"text": "It sings.", "name": "Ruth", "email": "ruth@example.org"}

    assert Inline(client.get(address).content.decode()).found == []
    assert Inline(client.post(address, preview, HTTP_SEC_FETCH_SITE="same-origin").content.decode()).found == []


def test_article_is_dressed_in_two_stylesheets_and_moved_by_one_script(client, full_site):
    page = client.get(full_site.url).content.decode()

    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == [
        "/static/bundles/site.css",
        "/static/bundles/article.css",
    ]
    assert re.findall(r'<script src="([^"]+)"', page)[-1:] == ["/static/bundles/article.js"]
