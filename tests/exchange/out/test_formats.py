"""What other programs are given: WordPress, a web server, and whoever asks in the admin."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from articles.actions.redirecting import Move, keep_redirects, redirects_for
from articles.blocks.registry import kinds
from articles.exchange.importing import Options, import_path
from articles.exchange.writing.piece import Piece
from articles.exchange.writing.target import zipped
from articles.exchange.writing.wxr import _cdata

SPACES = {"wp": "http://wordpress.org/export/1.2/", "content": "http://purl.org/rss/1.0/modules/content/"}


def exported(*pages: str, **options) -> str:
    written = io.StringIO()
    call_command("export_articles", *pages, stdout=written, **options)
    return written.getvalue()


def test_wordpress_gets_posts_with_their_authors_terms_and_comments(full_site, make_article):
    make_article("Not Yet", live=False)

    channel = ElementTree.fromstring(exported(format="wxr")).find("channel")
    posts = {item.findtext("title"): item for item in channel.findall("item")}

    assert channel.findtext("wp:author/wp:author_login", namespaces=SPACES) == "ada-brook"
    assert channel.findtext("wp:category/wp:cat_name", namespaces=SPACES) == "Kettles"
    assert posts["Not Yet"].findtext("wp:status", namespaces=SPACES) == "draft"
    post = posts["Everything at Once"]
    assert post.findtext("wp:status", namespaces=SPACES) == "publish"
    assert post.findtext("wp:post_name", namespaces=SPACES) == "everything-at-once"
    assert [term.text for term in post.findall("category")] == ["Kettles"]
    assert "example.org" not in "".join(each.text or "" for each in post.iterfind("wp:comment//", SPACES))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_breaks_the_xml(text):
    ElementTree.fromstring(f"<text>{_cdata(text)}</text>".encode())


def test_the_end_of_a_section_stays_text():
    assert ElementTree.fromstring(f"<text>{_cdata('a]]>b')}</text>").text == "a]]>b"


@pytest.mark.parametrize(
    ("kind", "selector"),
    [
        ("quote", "blockquote cite"),
        ("table", "table > caption, table > thead th[scope=col], table th[scope=row]"),
        ("faq", "details > summary"),
        ("takeaways", "ul > li"),
        ("steps", "ol > li"),
        ("heading", "h2"),
    ],
)
def test_a_block_says_in_html_what_it_is(db, kind, selector):
    block = kinds()[kind]

    html = BeautifulSoup(block.html(block.get_preview_value()), "html.parser")

    assert html.select(selector)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_no_word_of_a_block_is_lost_in_html(db, kind):
    block = kinds()[kind]
    value = block.get_preview_value()

    shown = "".join(BeautifulSoup(block.html(value), "html.parser").get_text().split())

    assert [word for word in re.findall(r"[^\W\d]+", block.own_words(value)) if word not in shown] == []


def test_markup_in_a_text_stays_text(make_article, tmp_path):
    make_article("Angle", body=[{"type": "quote", "value": {"text": "<script>alert(1)</script>", "speaker": "A<b>"}}])

    call_command("export_articles", format="html", output=tmp_path / "pages")

    page = BeautifulSoup((tmp_path / "pages" / "angle.html").read_text(), "html.parser")
    assert page.find("script") is None
    assert page.blockquote.p.get_text() == "<script>alert(1)</script>"


def test_pages_hold_nothing_that_not_everybody_may_read(make_article, tmp_path):
    article = make_article("Public")
    make_article("Draft", live=False)
    Redirect.add_redirect("/old", redirect_to=article)

    call_command("export_articles", format="html", output=tmp_path / "pages")

    names = {path.name for path in (tmp_path / "pages").iterdir()}
    assert names == {"public.html", "index.html", "_redirects", "redirects.csv"}
    assert "/old /public.html 301" in (tmp_path / "pages" / "_redirects").read_text()


def test_many_files_need_a_place(make_article):
    make_article("One")
    make_article("Two")

    with pytest.raises(CommandError, match="name a folder"):
        exported(format="html")

    assert "<h1>One</h1>" in exported("one", format="html")
    assert "<h1>One</h1>" in exported("/articles/one/", format="html")


def test_what_is_in_a_folder_is_not_written_over(article, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match="There is something in"):
        call_command("export_articles", output=tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_page_that_is_none_is_told(db):
    with pytest.raises(CommandError, match="There is no article “nowhere”"):
        exported("nowhere")


def test_a_zip_that_is_sent_piece_by_piece_is_whole():
    pieces = [Piece("a.txt", b"one "), Piece("a.txt", b"two"), Piece("media/b", b"\0" * 1_000_000)]

    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(pieces)))) as archive:
        assert archive.read("a.txt") == b"one two"
        assert archive.testzip() is None
        assert archive.namelist() == ["a.txt", "media/b"]


def test_old_addresses_lead_to_the_article(article, make_article):
    other = make_article("Another")

    made = redirects_for(
        article=article,
        addresses=[
            "https://old.example/blog/steam/?b=2&a=1",
            "/blog/steam",
            "/blog/steam/",
            article.full_url,
            other.full_url,
            "javascript:alert(1)",
            "http://[",
        ],
    )

    assert made.made == ("/blog/steam?a=1&b=2", "/blog/steam")
    assert [note.partition("”")[0] for note in made.notes] == [
        "“javascript:alert(1)",
        "“http://[",
        "“/articles/another",
    ]
    assert redirects_for(article=article, addresses=["/blog/steam"]).made == ()
    assert len(redirects_for(article=other, addresses=["/blog/steam"]).notes) == 1


def test_redirects_never_lead_in_a_circle(db):
    Redirect.add_redirect("/c", redirect_to="/a")

    kept = keep_redirects([Move(old="/a", link="/b"), Move(old="/b", link="/c"), Move(old="/x", link="/a")])

    assert kept.made == ()
    assert len(kept.notes) == 3


def test_a_redirect_that_leads_nowhere_keeps_no_other_back(db):
    bad = ["javascript:alert(1)", "//elsewhere.example/", "/\\elsewhere.example", "http://[", "", "/" + "a" * 300]
    moves = [Move(old=f"/bad/{number}", link=link) for number, link in enumerate(bad)]

    kept = keep_redirects([*moves, Move(old="/home", link="/"), Move(old="/away", link="https://example.org/")])

    assert kept.made == ("/home", "/away")
    assert len(kept.notes) == len(bad)


def test_the_list_of_our_own_pages_is_no_article(article, tmp_path):
    call_command("export_articles", format="html", output=tmp_path / "pages")

    reports = import_path(tmp_path / "pages", Options(dry_run=True))

    assert [report.title for report in reports if report.status == "created"] == [article.title]


def test_who_may_edit_all_articles_may_take_them_out(client, article, editor, make_user):
    address = reverse("export_articles")
    client.force_login(editor)

    asked = client.get(address)
    answer = client.get(address, {"format": "json", "article": article.pk})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        records = json.loads(archive.read("almanac.json"))

    assert asked.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert [record["title"] for record in records if record["kind"] == "article"] == [article.title]
    for group in ("Writers", "Comment moderators"):
        client.force_login(make_user(group, group))
        assert client.get(address, {"format": "json"}).status_code in (302, 403)
