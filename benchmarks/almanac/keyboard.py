"""A moderator at the desk, in a browser: decisions by single keys, one comment after the other."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Iterator
from itertools import cycle, islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from benchmarks.almanac.desk import fill_queue
from benchmarks.almanac.server import app
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.running import ROOT
from ratings.models import Comment, State

if TYPE_CHECKING:
    from playwright.sync_api import Page

FINDER = ROOT / "tests" / "browser" / "find-chromium.sh"
KEYS = (["a"], ["a"], ["s"], ["r", "5"])
"""Approved twice, then spam, then rejected as advertising: and so on."""

UNHURRIED = 40
LOOK = 0.5
"""Seconds; a moderator takes longer."""

STOPWATCH = """
let pressed = 0;
window.waited = [];
addEventListener("keydown", () => (pressed = performance.now()), true);
addEventListener("focusin", ({ target }) => {
    // Until the card is painted, which is after the next frame began.
    if (pressed && target.matches("[data-card]") && target.dataset.card !== window.seen) {
        const began = pressed;
        requestAnimationFrame(() => setTimeout(() => {
            window.waited.push(performance.now() - began);
            window.seen = target.dataset.card;
        }));
    }
});
"""


def keyboard(decisions: int, pending: int) -> Iterator[Figure]:
    """Yield how long so many `decisions` take by keyboard with `pending` comments, and how soon the next one is seen.

    First each key is pressed as soon as the next comment is there, faster than anybody reads; then `UNHURRIED` times
    after it was looked at. Without a browser nothing is yielded, and it is said why.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return tell("Not measured: playwright is missing (pip install -r requirements-dev.txt).")
    found = subprocess.run([FINDER, "--no-install"], capture_output=True, text=True, check=False)  # noqa: S603 (ours)
    if not (chromium := found.stdout.strip()):
        return tell("Not measured: there is no Chromium.")
    fill_queue(pending)
    client = Client()
    client.force_login(User.objects.create_superuser("at the keys", password=None))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    tell(f"Deciding on {decisions} of {pending:,} comments by keyboard")
    with app(DJANGO_SETTINGS_MODULE="benchmarks.browsing") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=server.address(""), viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "session", "value": session, "url": server.address()}])
        page = context.new_page()
        page.goto(reverse("reader_comments") + "?view=card")
        page.wait_for_load_state("networkidle")
        page.evaluate(STOPWATCH)
        began = time.perf_counter()
        hurried = _decide(page, decisions)
        seconds = time.perf_counter() - began
        unhurried = _decide(page, UNHURRIED, pause=LOOK)
        browser.close()
    # The queries after Playwright's loop has ended: Django allows none within it.
    if (left := Comment.objects.in_state(State.PENDING).count()) != pending - decisions - UNHURRIED:
        raise SystemExit(f"{left} comments are left of {pending}, after {decisions + UNHURRIED} decisions.")
    yield Figure(of=ALMANAC, name=f"{decisions} decisions by keyboard", value=seconds, unit="s")
    for pace, waited in (("without looking", hurried), (f"after {LOOK} s", unhurried)):
        name = f"key to next comment, {pace}"
        yield Figure(of=ALMANAC, name=f"{name}, median", value=statistics.median(waited), unit="ms")
        yield Figure(of=ALMANAC, name=f"{name}, p95", value=statistics.quantiles(waited, n=20)[-1], unit="ms")


def _decide(page: Page, decisions: int, *, pause: float = 0) -> list[float]:
    """Decide so often, each time after a `pause` in seconds; return the milliseconds until each next comment."""
    page.evaluate("waited.length = 0")
    for number, keys in enumerate(islice(cycle(KEYS), decisions), 1):
        time.sleep(pause)
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_function(f"waited.length === {number}")
    waited: list[float] = page.evaluate("waited")
    return waited
