"""Recognizing a video."""

import pytest

from articles.blocks.video.providers import hosted_video

ADDRESS = "https://youtu.be/Ke77leSteam"


@pytest.mark.parametrize(
    ("text", "title", "asks_for"),
    [
        (ADDRESS, "", "a title and its transcript"),
        (f"[The *whole* concert]({ADDRESS})", "The whole concert", "its transcript"),
        ("https://vimeo.com/123456789", "", "a title and its transcript"),
    ],
)
def test_video_is_an_address_on_a_line_of_its_own(find, text, title, asks_for):
    video = find(text)

    assert (video.kind, video.value["title"]) == ("video", title)
    assert hosted_video(video.value["url"])
    assert asks_for in video.confirm


@pytest.mark.parametrize(
    "text", [f"Look at {ADDRESS} some day.", "https://example.org/watch?v=Ke77leSteam", f"- {ADDRESS}"]
)
def test_other_addresses_stay_text(kinds, text):
    assert kinds(text) == ["text"]
