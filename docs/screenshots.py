"""Takes the pictures of the docs from a running site with the demo: `python docs/screenshots.py http://127.0.0.1:8000`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).with_name("images")
FINDER = Path(__file__).resolve().parents[1] / "tests" / "browser" / "find-chromium.sh"
ARTICLE = "/articles/why-do-my-legs-cramp-at-night/"
SHOTS = {
    "article-desktop": (ARTICLE, 1280, 900, "light"),
    "article-phone-dark": (ARTICLE, 390, 844, "dark"),
    "discussion-desktop": (f"{ARTICLE}#comments", 1280, 1000, "light"),
    "discussion-phone-dark": (f"{ARTICLE}#rating", 390, 844, "dark"),
    "home-desktop": ("/", 1280, 900, "light"),
    "reader-comments": ("/admin/reader-comments/", 1280, 900, "light"),
    "reported-comments": ("/admin/reader-comments/?reported=1", 1280, 900, "light"),
    "desk-card": ("/admin/reader-comments/?view=card", 1280, 900, "light"),
    "desk-card-phone-dark": ("/admin/reader-comments/?view=card", 390, 844, "dark"),
    "desk-grounds": ("/admin/reader-comments/?view=card", 1280, 900, "light"),
    "desk-filter": ("/admin/reader-comments/", 1280, 900, "light"),
    "desk-bulk": ("/admin/reader-comments/?state=published", 1280, 900, "light"),
    "shift-board": ("/admin/reader-comments/board/", 1280, 900, "light"),
}
KEYS = {"desk-grounds": "r", "desk-filter": "f"}
"""What is pressed before the picture is taken."""


def main(address: str) -> None:
    """Write every picture of `SHOTS`; signs in as the development site's moderator for the admin's."""
    found = subprocess.run([str(FINDER)], capture_output=True, text=True, check=True)  # noqa: S603  (our own script)
    chromium = found.stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, width, height, scheme) in SHOTS.items():
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(path)
            if "/admin/login/" in page.url:
                page.get_by_label("Username").fill("moderator")
                page.get_by_label("Password").fill("almanac")
                page.get_by_role("button", name="Sign in").click()
                page.wait_for_load_state("networkidle")
            if key := KEYS.get(name):
                page.keyboard.press(key)
            if name == "desk-bulk":
                page.locator("[data-bulk] summary").click()
                page.locator("[data-all]").check()
                page.locator("[data-bulk] button[value=hidden]").click()
                page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
