"""Posts and pages of WordPress: what is read of them beside their text, and what is left behind."""

from datetime import UTC, date, datetime

import pytest

from articles.exchange.documents import Unreadable, Writer
from articles.exchange.reading import wxr
from tests.exchange.sites import wordpress
from tests.exchange.sites.conftest import body, documents, ignored
from tests.exchange.sites.wordpress import attachment, author, category, comment, export, item, meta, term


def test_export_is_known_by_its_head_in_any_encoding():
    text = export([item(1)])
    assert wxr.is_mine("site.xml", text.encode()[:4096])
    assert wxr.is_mine("site.xml", text.encode("utf-16")[:4096])
    assert not wxr.is_mine("feed.xml", b'<rss version="2.0"><channel><item/></channel></rss>')


def test_post_has_what_the_export_says_of_it(read_wxr):
    post = item(
        7,
        title="Tea &amp; <em>kettles</em>",
        excerpt="<p>In short.</p>",
        post_name="tea-kettles",
        post_modified_gmt="2021-06-01 09:00:00",
        more=term("category", "green", "Green tea")
        + term("category", "uncategorized", "Uncategorized")
        + term("post_tag", "hot", "Hot")
        + term("post_format", "post-format-aside", "Aside")
        + meta("_thumbnail_id", "9")
        + meta("_yoast_wpseo_metadesc", "For machines.")
        + meta("_wp_old_slug", "kettles"),
    )
    picture = attachment(9, "https://kettle.example/up/k.jpg", alt="A kettle")
    head = author("nora", "Nora Price") + category("tea", "Tea") + category("green", "Green tea", "tea")
    entries = read_wxr(export([post, picture], declared=head))
    (document,) = documents(entries)
    details = document.details
    assert (document.foreign_id, document.place) == ("https://kettle.example/?p=7", "item 1, line 24")
    assert document.source.lines[0] == "# Tea & kettles"
    assert (details.summary, details.description, details.slug) == ("In short.", "For machines.", "tea-kettles")
    assert details.authors == (Writer(name="Nora Price"),)
    assert (details.topics, details.tags) == ((("Tea", "Green tea"),), ("Hot",))
    assert (details.is_published, details.published_at) == (True, datetime(2020, 5, 1, 8, tzinfo=UTC))
    assert details.revised_on == date(2021, 6, 1)
    assert (details.hero, details.hero_alt) == ("https://kettle.example/up/k.jpg", "A kettle")
    assert details.addresses == (
        "https://kettle.example/2020/05/tea-kettles/",
        "https://kettle.example/?p=7",
        "https://kettle.example/2020/05/kettles/",
    )
    assert details.notes == ()
    assert ignored(entries) == {"account of an author": 1, "attachment": 1, "category “Uncategorized”": 1}


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"status": "draft", "post_date_gmt": "0000-00-00 00:00:00"}, None),
        ({"status": "private"}, "It was private there, so it is a draft here."),
        ({"post_password": "open"}, "It was protected by a password there, so it is a draft here."),
        ({"status": "future"}, "It was scheduled for 2020-05-01 10:00:00 there; here it is a draft."),
        ({"status": "archive"}, "Its status was “archive” there, so it is a draft here."),
    ],
)
def test_what_readers_did_not_see_is_a_draft(read_wxr, values, note):
    (document,) = documents(read_wxr(export([item(1, **values)])))
    assert (document.details.is_published, document.details.published_at) == (False, None)
    assert document.details.notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("gmt", "local", "moment", "note"),
    [
        ("0000-00-00 00:00:00", "2020-05-01 10:00:00", datetime(2020, 5, 1, 10, tzinfo=UTC), None),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None, "Its date, “0000-00-00 00:00:00”, is none."),
        ("0001-01-01 00:00:00", "0001-01-01 00:00:00", None, "Its date, “0001-01-01 00:00:00”, is none."),
        ("9999-12-31 23:59:59", "9999-12-31 23:59:59", None, "Its date, 9999-12-31, lies in the future."),
    ],
)
def test_date_that_never_was_is_left_out_with_a_note(read_wxr, gmt, local, moment, note):
    (document,) = documents(read_wxr(export([item(1, post_date_gmt=gmt, post_date=local)])))
    assert document.details.published_at == moment
    assert document.details.notes == ((note,) if note else ())


def test_local_time_that_the_clocks_leapt_over_is_a_moment(read_wxr, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    (document,) = documents(read_wxr(export([item(1, post_date_gmt="", post_date="2021-03-28 02:30:00")])))
    assert document.details.published_at == datetime(2021, 3, 28, 1, 30, tzinfo=UTC)


def test_categories_in_a_circle_are_cut_with_a_note(read_wxr):
    head = category("a", "A", "c") + category("b", "B", "a") + category("c", "C", "b")
    (document,) = documents(read_wxr(export([item(1, more=term("category", "a", "A"))], declared=head)))
    assert document.details.topics == (("B", "C", "A"),)
    assert document.details.notes == ("The categories above “A” form a circle, which was cut.",)


def test_what_is_no_article_is_counted(read_wxr):
    items = [
        item(1, status="trash"),
        item(2, status="auto-draft"),
        item(3, post_type="nav_menu_item"),
        item(4, post_type="nav_menu_item"),
        item(5, post_type="custom_css"),
        item(6, post_type="page"),
    ]
    entries = read_wxr(export(items))
    assert [document.foreign_id for document in documents(entries)] == ["https://kettle.example/?p=6"]
    assert ignored(entries) == {"post (trash)": 1, "post (auto-draft)": 1, "nav_menu_item": 2, "custom_css": 1}


def test_comments_come_in_their_order_and_without_addresses_of_networks(read_wxr):
    more = comment(1, "<b>Yes</b>") + comment(2, "No", parent=1, approved="0") + comment(3, "x", kind="pingback")
    entries = read_wxr(export([item(1, more=more)]))
    (document,) = documents(entries)
    assert document.parts["comments"] == [
        {
            "foreign_id": number,
            "parent": parent,
            "name": "Bo",
            "email": "bo@example.org",
            "url": "",
            "text": text,
            "written_at": datetime(2020, 5, 4, 10, tzinfo=UTC),
            "state": state,
            "kind": "comment",
            "user": "",
        }
        for number, parent, text, state in [("1", "", "<b>Yes</b>", "approved"), ("2", "1", "No", "pending")]
    ]
    assert "192.0.2.7" not in repr(entries)
    assert ignored(entries)["pingback"] == 1


def test_post_without_a_title_is_called_as_its_address(read_wxr):
    (document,) = documents(read_wxr(export([item(1, title="", post_name="no-title-here")])))
    assert document.source.lines[0] == "# No title here"
    assert document.details.notes == ("It has no title; its address was taken for one.",)


def test_id_that_two_items_have_is_refused_for_the_second(read_wxr):
    first, second = read_wxr(export([item(1, guid="same"), item(2, guid="same")]))
    assert (first.foreign_id, second.foreign_id) == ("same", "same")
    assert second == Unreadable(place="item 2, line 37", reason="It has the same id as item 1.", foreign_id="same")


def test_item_without_a_guid_is_known_by_its_number(read_wxr):
    (document,) = documents(read_wxr(export([item(5, guid="")])))
    assert document.foreign_id == "https://kettle.example/?p=5"


def test_oldest_exports_have_neither_types_nor_taxonomies(read_wxr):
    text = export([item(1, more="<category><![CDATA[Tea]]></category>")], version="1.0")
    text = text.replace("\t\t<wp:post_type><![CDATA[post]]></wp:post_type>\n", "")
    (document,) = documents(read_wxr(text))
    assert document.details.topics == (("Tea",),)


def test_text_of_another_prefix_is_read_by_its_namespace(read_wxr):
    text = export([item(1)]).replace("xmlns:wp=", "xmlns:w=").replace("<wp:", "<w:").replace("</wp:", "</w:")
    (document,) = documents(read_wxr(text))
    assert (document.details.slug, body(document)) == ("post-1", ["Water boils."])


def test_whole_pictures_take_the_place_of_thumbnails(read_wxr):
    sources = [
        "http://kettle.example/up/k-300x200.jpg",
        "https://i0.wp.com/kettle.example/up/k.jpg?resize=300%2C200&ssl=1",
        "https://kettle.example/up/other-300x200.jpg",
    ]
    content = "".join(f'<figure><img alt="K" src="{address}"></figure>' for address in sources)
    whole = "https://kettle.example/up/k.jpg"
    (document,) = documents(read_wxr(export([item(1, content), attachment(9, whole)])))
    assert body(document) == [f"![K]({whole})", f"![K]({whole})", f"![K]({sources[2]})"]


def test_reading_again_yields_the_same(read_wxr):
    text = export([item(1), item(2, wordpress.HEAD)])
    assert read_wxr(text) == read_wxr(text)
