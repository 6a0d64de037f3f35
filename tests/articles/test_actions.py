"""Making articles, authors and topics outside the editor."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from articles.actions import ArticleContent, create_article, lock_articles, revise_article, topic_named
from articles.models import ArticlePage, TopicPage
from authors.actions import author_named
from authors.models import AuthorPage
from tests.processes import START_DJANGO, environment

BODY = [{"type": "text", "value": "<p>Words.</p>"}]


def content(title: str = "A Title", **fields) -> ArticleContent:
    return ArticleContent(**{"title": title, "body": BODY} | fields)


@pytest.mark.django_db
class TestArticles:
    def test_draft_is_not_live_and_holds_its_content(self):
        article = create_article(content=content())

        assert not article.live
        assert article.get_latest_revision_as_object().body[0].value.source == "<p>Words.</p>"

    @pytest.mark.parametrize(
        ("titles", "slugs"),
        [
            (["Same", "Same", "Same"], ["same", "same-1", "same-2"]),
            (["第一", "★", "☆"], ["第一", "page", "page-1"]),
            (["x" * 300], ["x" * 80]),
        ],
    )
    def test_each_gets_a_slug_of_its_own(self, titles, slugs):
        assert [create_article(content=content(title[:255])).slug for title in titles] == slugs

    def test_revision_keeps_contributors_that_the_new_content_does_not_name(self, author):
        article = create_article(content=content(authors=[author]), publish=True)

        revise_article(article=article, content=content("New Title"), publish=True)

        article.refresh_from_db()
        assert article.title == "New Title"
        assert [person.author for person in article.contributors.all()] == [author]

    def test_topic_is_made_once(self):
        assert topic_named(name="Sleep") == topic_named(name="sleep")
        assert TopicPage.objects.filter(title__iexact="sleep").count() == 1
        assert topic_named(name="Sleep").get_parent().slug == "topics"

    def test_names_are_compared_beyond_ascii_on_every_database(self):
        assert author_named(name="Émile Été") == author_named(name="ÉMILE  ÉTÉ") == author_named(name="E\u0301mile Été")
        assert topic_named(name="Émile Été") == topic_named(name="ÉMILE ÉTÉ")

    def test_lock_belongs_to_the_transaction_of_the_caller(self):
        with CaptureQueriesContext(connection) as queries:
            lock_articles()

        assert not any("SAVEPOINT" in query["sql"] for query in queries)

    def test_author_is_made_once_and_biography_is_text(self):
        first = author_named(name="Ruth Lee", biography="Writes <b>books</b>.\nAnd more.")
        second = author_named(name="RUTH LEE", publish=True)

        assert first == second
        assert AuthorPage.objects.get().biography == "<p>Writes &lt;b&gt;books&lt;/b&gt;.</p><p>And more.</p>"
        assert AuthorPage.objects.get().live


@pytest.mark.race
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_processes_make_articles_of_one_title_and_the_tree_stays_sound():
    code = START_DJANGO + (
        "import sys\n"
        "from articles.actions import *\n"
        "sys.stdin.readline()\n"
        "for _ in range(3): create_article(content=ArticleContent(title='The Same', body=[]))\n"
    )
    number = int(os.environ.get("RACE_PROCESSES", "4"))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(number)
    ]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    endings = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]

    assert [code for _, code in endings] == [0] * number, endings
    assert ArticlePage.objects.count() == 3 * number == ArticlePage.objects.values("slug").distinct().count()
    assert Page.find_problems() == ([], [], [], [], [])
