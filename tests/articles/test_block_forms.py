"""What the forms of single kinds promise: anchors, telephone numbers, and how a video is shown and told."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Site

from articles.blocks.registry import kinds
from articles.blocks.video.providers import hosted_video
from articles.models import ArticlePage
from pages.models import SiteSettings
from pictures.actions import make_renditions, store_picture
from pictures.models import Picture
from tests.pictures.drawing import photograph

ON_YOUTUBE = "https://www.youtube.com/watch?v=Ke77leSteam"


def sample(name: str, **fields):
    """Return the sample of a kind with other `fields`, as the block's own value."""
    block = kinds()[name]
    return block.to_python({**block.get_prep_value(block.get_preview_value()), **fields})


def shown(name: str, **fields) -> BeautifulSoup:
    return BeautifulSoup(kinds()[name].render(sample(name, **fields)), "html.parser")


def document(name: str) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"film", name=name))


@pytest.fixture
def poster(db) -> Picture:
    found = store_picture(title="Poster", name="poster.png", data=photograph("PNG"))
    make_renditions([found])
    return found


# What opens by a link


def test_every_question_and_every_step_has_an_address_that_stays(make_article, client):
    body = [{"type": kind, "value": kinds()[kind].get_prep_value(sample(kind))} for kind in ("faq", "steps")]
    article = make_article(body=body)

    def anchors() -> list[str]:
        page = BeautifulSoup(client.get(article.url).content, "html.parser")
        return [element["id"] for element in page.select(".faq-answer, .step")]

    before = anchors()
    ArticlePage.objects.get(pk=article.pk).save_revision().publish()

    assert before == anchors()
    assert len(set(before)) == 5


def test_questions_of_a_block_open_one_at_a_time(make_article, client):
    value = kinds()["faq"].get_prep_value(sample("faq"))
    article = make_article(body=[{"type": "faq", "value": value}, {"type": "text", "value": "<p>Between.</p>"}])
    names = {fold["name"] for fold in BeautifulSoup(client.get(article.url).content, "html.parser").select(".faq-item")}

    assert len(names) == 1


# The numbers to call


@pytest.fixture
def numbers(db) -> None:
    site_settings = SiteSettings.for_site(Site.objects.get())
    site_settings.emergency_numbers = [
        {"type": "number", "value": {"label": "Ambulance", "number": "112"}},
        {"type": "number", "value": {"label": "Poison <center>", "number": "+49 30 19240"}},
    ]
    site_settings.save()


@pytest.mark.parametrize(
    ("urgency", "addresses"), [("emergency", ["tel:112", "tel:+493019240"]), ("urgent", []), ("non_urgent", [])]
)
def test_an_emergency_and_nothing_less_shows_whom_to_call(make_article, client, numbers, urgency, addresses):
    article = make_article(body=[{"type": "warning", "value": {"urgency": urgency, "body": "<p>Smoke.</p>"}}])
    page = BeautifulSoup(client.get(article.url).content, "html.parser")

    assert [link["href"] for link in page.select(".warning a")] == addresses


# Which videos there are


@pytest.mark.parametrize(
    "address",
    [
        ON_YOUTUBE,
        "https://m.youtube.com/watch?list=PL1&v=Ke77leSteam&t=10s",
        "https://youtu.be/Ke77leSteam?si=abc",
        "https://www.youtube.com/shorts/Ke77leSteam",
        "https://www.youtube-nocookie.com/embed/Ke77leSteam",
    ],
)
def test_every_address_of_a_video_at_youtube_means_the_same_video(address):
    video = hosted_video(address)

    assert (video.provider, video.page) == ("YouTube", ON_YOUTUBE)
    assert video.player.startswith("https://www.youtube-nocookie.com/embed/Ke77leSteam?")


@pytest.mark.parametrize(
    ("path", "page", "player"),
    [
        ("vimeo.com/123456789", "123456789", "123456789?dnt=1"),
        ("vimeo.com/channels/tea/123456789", "123456789", "123456789?dnt=1"),
        ("vimeo.com/123456789/abcdef0123", "123456789/abcdef0123", "123456789?dnt=1&h=abcdef0123"),
        ("player.vimeo.com/video/123456789?h=abcdef0123", "123456789/abcdef0123", "123456789?dnt=1&h=abcdef0123"),
    ],
)
def test_video_at_vimeo_is_not_followed_and_keeps_its_key(path, page, player):
    video = hosted_video(f"https://{path}")

    assert video.page == f"https://vimeo.com/{page}"
    assert video.player == f"https://player.vimeo.com/video/{player}"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com.example.org/watch?v=Ke77leSteam",
        "https://example.org/?https://youtu.be/Ke77leSteam",
        "https://user@youtu.be/Ke77leSteam",
        'https://youtu.be/Ke77leSteam"onload="x',
        "javascript:alert(1)//youtu.be/Ke77leSteam",
    ],
)
def test_nothing_else_is_a_video(address):
    assert hosted_video(address) is None


@given(st.text() | st.text(alphabet="htps:/.youtbevimcm?&=#h123456789a%[]"))
def test_no_text_breaks_the_reading_of_an_address(text):
    hosted_video(text)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"url": ""}, {"url"}),
        ({"url": "https://example.org/film"}, {"url"}),
        ({"url": ""} | {"file": "film.avi"}, {"file"}),
        ({"file": "film.mp4"}, {"file"}),
        ({"url": "", "file": "film.mp4", "captions": "film.srt"}, {"captions"}),
        ({"transcript": ""}, {"transcript"}),
    ],
)
def test_editor_is_told_what_is_not_one_playable_video(db, fields, wrong):
    stored = {name: document(field).pk if name in ("file", "captions") else field for name, field in fields.items()}

    with pytest.raises(StructBlockValidationError) as refused:
        kinds()["video"].clean(sample("video", **stored))

    assert set(refused.value.block_errors) == wrong


def test_a_draft_may_wait_for_its_video_and_its_transcript(db):
    block = kinds()["video"]
    block.defer_required_validation()
    try:
        block.clean(sample("video", url="", transcript=""))
    finally:
        block.restore_deferred_validation()


# How a video is shown


def test_page_asks_nobody_else_for_a_video():
    html = shown("video")

    assert html.select("iframe, img, script, video") == []
    assert [link["href"] for link in html.select("a")] == [ON_YOUTUBE]
    assert html.select_one("button")["data-player"].startswith("https://www.youtube-nocookie.com/embed/")
    assert html.select_one("button").has_attr("hidden")


def test_file_of_this_site_plays_with_captions_and_loads_nothing_before(db):
    html = shown("video", url="", file=document("film.mp4").pk, captions=document("film.vtt").pk)
    video = html.select_one("video")

    assert (video["preload"], video.has_attr("controls")) == ("none", True)
    assert video.source["src"].startswith("/media/")
    assert (video.source["type"], video.track["kind"]) == ("video/mp4", "captions")


@pytest.mark.parametrize("depth", ["closed itself", "within a closed one"])
def test_file_that_not_everybody_may_open_is_played_through_the_view_that_asks(db, depth):
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    film = document("film.mp4")
    film.collection = closed if depth == "closed itself" else closed.add_child(name="Within")
    film.save()

    html = shown("video", url="", file=film.pk)
    assert html.select_one("video source")["src"] == film.url
    assert "/media/" not in str(html)


def test_poster_is_among_the_pictures_to_prepare(poster):

    assert kinds()["video"].pictures(sample("video", poster=poster.pk)) == [poster]


def test_machines_are_told_of_a_video_what_is_known_and_no_more(poster):
    told = sample("video", poster=poster.pk, uploaded_on="2026-11-02")
    video, picture = kinds()["video"].nodes(told, "https://almanac.example.org/kettle/")

    assert video == {
        "@type": "VideoObject",
        "name": "How a kettle finds its note",
        "description": told["caption"],
        "thumbnailUrl": video["thumbnailUrl"],
        "uploadDate": "2026-11-02",
        "duration": "P0DT00H02M35S",
        "embedUrl": "https://www.youtube-nocookie.com/embed/Ke77leSteam?rel=0",
        "transcript": "A kettle stands on a flame. “Listen,” says Ruth. The water hums, then sings.",
    }
    assert video["thumbnailUrl"].startswith("http")
    assert picture["@type"] == "ImageObject"
    (bare,) = kinds()["video"].nodes(sample("video", minutes=None, seconds=None), "https://almanac.example.org/kettle/")

    assert not {"thumbnailUrl", "uploadDate", "duration"} & set(bare)
    assert kinds()["video"].nodes(sample("video", url=""), "https://almanac.example.org/kettle/") == []
