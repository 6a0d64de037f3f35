"""A real browser, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # plain `pytest` needs no browser library
    sync_playwright = None

# Without the library the tests cannot even be read.
collect_ignore_glob = [] if sync_playwright is not None else ["test_*.py"]

FINDER = Path(__file__).with_name("find-chromium.sh")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    if sync_playwright is None:
        return None
    found = subprocess.run([str(FINDER), "--no-install"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where they cannot run, and say so; refuse where they are required."""
    here = [item for item in items if Path(item.path).parent == Path(__file__).parent]
    for item in here:
        item.add_marker(pytest.mark.browser)
    if sync_playwright is None:
        missing = "playwright (pip install -r requirements-dev.txt)"
    elif here and not chromium():
        missing = "a Chromium"
    else:
        return
    if os.environ.get("REQUIRE_BROWSER"):
        raise pytest.UsageError(f"The browser tests are required, and {missing} was not found.")
    config.stash[NOT_RUN] = f"The browser tests did not run: {missing} was not found."
    for item in here:
        item.add_marker(pytest.mark.skip(reason=config.stash[NOT_RUN]))


NOT_RUN = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line that the browser tests did not run."""
    if sentence := config.stash.get(NOT_RUN, None):
        terminalreporter.write_line(sentence, yellow=True, bold=True)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> "Iterator[Browser]":
    # Playwright's loop runs in the thread of the tests, which is no reason not to use the database there. But Django
    # would open another connection inside the loop, which knows nothing of the test database; so it gets this one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connection = connections[DEFAULT_DB_ALIAS]
    with sync_playwright() as playwright:
        connections[DEFAULT_DB_ALIAS] = connection
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: "Browser", live_server: Any) -> "Iterator[Any]":
    """Return a factory of pages in contexts of their own, each a visitor with a browser that knows nothing yet.

    An error on a page, what its content security policy forbids, and any request that leaves the site, fails the test.
    """
    contexts = []
    complaints: list[str] = []

    def open_page(path: str = "/", **options: Any) -> "Page":
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note_forbidden(message.text, page.url, complaints))
        page.on("request", lambda request: _note_foreign(request.url, live_server.url, complaints))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _note_foreign(address: str, own: str, complaints: list[str]) -> None:
    if not address.startswith((own, "data:", "blob:", "about:")):
        complaints.append(f"a request left the site: {address}")


def _note_forbidden(text: str, address: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text or "Permissions-Policy" in text:
        complaints.append(f"{address}: {text}")
