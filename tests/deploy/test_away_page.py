"""What the web server shows while the app is away."""

from __future__ import annotations

import re

from django.core.management import call_command


def test_page_says_that_nothing_is_lost_and_needs_nothing_but_files(settings, tmp_path):
    settings.DATA = tmp_path
    call_command("write_away_page", verbosity=0)

    page = (tmp_path / "away" / "503.html").read_text(encoding="utf-8")
    assert "Nothing is lost" in page
    assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) == {
        "/",
        "/static/bundles/site.css",
        "/static/favicon.svg",
    }


def test_page_is_written_anew_and_leaves_nothing_else(settings, tmp_path):
    settings.DATA = tmp_path
    settings.WAGTAIL_SITE_NAME = "Kettles"
    call_command("write_away_page", verbosity=0)
    settings.WAGTAIL_SITE_NAME = "Teapots"
    call_command("write_away_page", verbosity=0)

    assert [file.name for file in (tmp_path / "away").iterdir()] == ["503.html"]
    assert "Teapots" in (tmp_path / "away" / "503.html").read_text(encoding="utf-8")
