"""django-comments-xtd: what a page with comments costs, and what the next comment costs.

Run by `benchmarks`, with the Python that has the package. Arguments: the numbers of comments on a page.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.figures import Figure, tell
from benchmarks.names import INSERTS, comment_name, page_names
from benchmarks.peers import project

PACKAGE = "django-comments-xtd"
RENDERINGS = 3000
"""So many comments are rendered for one figure: small pages several times, of which the median counts."""

OPTIONS = {"who_can_post": "all", "allow_flagging": True, "allow_feedback": True, "show_feedback": True}
TEMPLATE = (
    "{% load comments comments_xtd %}{% get_comment_count for page as count %}<h1>{{ page.title }}</h1> {{ count }}"
    "{% render_xtdcomment_tree for page %}{% render_comment_form for page %}"
)

project.start(
    "rest_framework",
    "django_comments_xtd",
    "django_comments",
    urls="django_comments_xtd.urls",
    COMMENTS_APP="django_comments_xtd",
    COMMENTS_XTD_CONFIRM_EMAIL=False,
    COMMENTS_XTD_MAX_THREAD_LEVEL=2,
    COMMENTS_XTD_APP_MODEL_OPTIONS={"default": OPTIONS},
)

from django.contrib.auth.models import AnonymousUser, User  # noqa: E402
from django.contrib.flatpages.models import FlatPage  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_comments_xtd.forms import XtdCommentForm  # noqa: E402
from django_comments_xtd.models import XtdComment  # noqa: E402


@transaction.atomic
def page_with(count: int) -> FlatPage:
    """Return a page with `count` comments: every third is a reply, every other is somebody's who has an account."""
    page = FlatPage._default_manager.create(url=f"/{count}/", title=f"{count} comments")
    parent = 0
    for number in range(count):
        comment = XtdComment.objects.create(
            content_object=page,
            site_id=1,
            user=User.objects.create(username=f"{count}-{number}") if number % 2 else None,
            user_name=f"Reader {number}",
            user_email=f"reader{number}@example.org",
            comment=f"Comment {number}: it sings, and it has done so since the spring.",
            submit_date=timezone.now(),
            is_public=True,
            parent_id=parent if number % 3 == 2 else 0,
        )
        if comment.level == 0:
            parent = comment.pk
    return page


def render(page: FlatPage) -> str:
    """Return the page as an anonymous reader gets it, listed with the package's own tags."""
    request = RequestFactory().get(page.url)
    request.user = AnonymousUser()
    return engines["django"].from_string(TEMPLATE).render({"page": page}, request)


def measure_page(page: FlatPage, count: int) -> None:
    """Print how many queries, bytes and milliseconds the page with `count` comments takes."""
    times = []
    for _ in range(max(1, min(15, RENDERINGS // count))):
        began = time.perf_counter()
        html = render(page)
        times.append(time.perf_counter() - began)
    values = (queries_of(page), len(html.encode()) / 1024, statistics.median(times) * 1000)
    for (name, unit), value in zip(page_names(count), values, strict=True):
        print(Figure(of=PACKAGE, name=name, value=value, unit=unit).line(), flush=True)


def queries_of(page: FlatPage) -> int:
    """Return how many queries the page takes, counted one by one: Django's own log is full after 9,000."""
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        render(page)
    return queries


def post(client: Client, page: FlatPage, text: str) -> float:
    """Send a comment through the package's own form and view; return how many seconds it took."""
    form = XtdCommentForm(page)
    sent = {
        **form.generate_security_data(),
        "name": "Ruth",
        "email": "ruth@example.org",
        "comment": text,
        "reply_to": 0,
    }
    began = time.perf_counter()
    answer = client.post("/post/", sent)
    seconds = time.perf_counter() - began
    if answer.status_code != 302:
        raise SystemExit(f"The comment was refused: {answer.status_code}")
    return seconds


def main(counts: list[int]) -> None:
    """Measure pages with so many comments, and the next comment on each while the table is no longer than that."""
    client = Client()
    # Templates are compiled on first use.
    render(page_with(0))
    for count in counts:
        tell(f"{PACKAGE}: a page with {count:,} comments")
        page = page_with(count)
        measure_page(page, count)
        seconds = statistics.median(post(client, page, f"Comment {number} more.") for number in range(INSERTS))
        print(Figure(of=PACKAGE, name=comment_name(count), value=seconds * 1000, unit="ms").line(), flush=True)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]])
