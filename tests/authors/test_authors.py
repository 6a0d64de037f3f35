"""Author pages."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from articles.models import TopicPage
from authors.models import AuthorPage, Credential

pytestmark = pytest.mark.django_db

SCRIPT = '<p onclick="x">Safe <a href="javascript:alert(1)">link</a></p><script>x</script>'
CLEAN = "<p>Safe <a>link</a></p>"


def stored(table: str, column: str, key: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE page_ptr_id = %s", [key])
        return cursor.fetchone()[0]


def test_biography_is_clean_in_the_database_whoever_saved_it(author):
    author.biography = SCRIPT
    author.save()
    assert stored("authors_authorpage", "biography", author.pk) == CLEAN

    AuthorPage.objects.filter(pk=author.pk).update(biography=SCRIPT)
    assert stored("authors_authorpage", "biography", author.pk) == CLEAN


def test_introduction_of_a_topic_is_clean_too():
    topic = TopicPage(title="Kettles", intro=SCRIPT)
    TopicPage.objects.get().add_child(instance=topic)

    assert stored("articles_topicpage", "intro", topic.pk) == CLEAN


def test_page_tells_who_the_author_is_and_when_credentials_were_checked(author):
    author.credentials = [Credential(degree="PhD", body="Northbridge College", checked_on=date(2026, 1, 14))]
    author.save_revision().publish()

    page = Client().get(author.url).content.decode()

    for part in ("Ada Brook", "Physicist", "Boils water for a living.", "PhD", "Northbridge College", "2026"):
        assert part in page


def test_author_whose_page_is_no_longer_live_is_still_named_without_a_link(author, make_article):
    from articles.models import Contributor

    article = make_article()
    article.contributors = [Contributor(author=author)]
    article.save_revision().publish()
    author.unpublish()

    page = Client().get(article.url).content.decode()

    assert "Ada Brook" in page
    assert f'href="{author.url}"' not in page
