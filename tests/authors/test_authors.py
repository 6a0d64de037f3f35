"""Author pages."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from articles.models import Contributor, TopicPage
from authors.actions import author_named
from authors.models import AuthorIndexPage, AuthorPage, Credential
from pictures.actions import store_picture
from pictures.models import Picture

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


def test_revision_holds_a_clean_biography_and_gives_it_back(author):
    author.biography = SCRIPT
    revision = author.save_revision()

    assert revision.content["biography"] == CLEAN
    assert revision.as_object().biography == CLEAN


def test_revision_of_a_topic_holds_a_clean_introduction():
    topic = TopicPage.objects.get()
    topic.intro = SCRIPT
    revision = topic.save_revision()

    assert revision.content["intro"] == CLEAN
    assert revision.as_object().intro == CLEAN


@pytest.fixture
def portrait() -> Picture:
    data = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(data, "PNG")
    return store_picture(title="Portrait", name="portrait-canary.png", data=data.getvalue())


def test_of_an_author_whose_page_is_not_live_readers_learn_the_name_alone(author, make_article, portrait):
    author.portrait = portrait
    author.credentials = [Credential(degree="Doctor Canary")]
    author.save_revision().publish()
    quote = {"type": "quote", "value": {"text": "It sings.", "speaker": "Ada Brook", "profile": author.pk}}
    article = make_article(body=[quote])
    article.contributors = [Contributor(author=author), Contributor(author=author, role="editor")]
    article.save_revision().publish()
    told = ("Physicist", "Boils water", "Doctor Canary", portrait.file.url, f'href="{author.url}"', "About the author")
    page = Client().get(article.url).content.decode()
    assert [part for part in told if part not in page] == []

    author.unpublish()

    page = Client().get(article.url).content.decode()
    assert "Ada Brook" in page
    assert [part for part in told if part in page] == []


class TestNewAuthors:
    """Authors that were never published appear with their first article."""

    @pytest.fixture
    def new_author(self, author) -> AuthorPage:
        return author_named(name="Ruth Lee", biography="Writes.")

    @staticmethod
    def publish_article_of(author: AuthorPage, make_article, role: str = "author") -> None:
        article = make_article(live=False)
        article.contributors = [Contributor(author=author, role=role)]
        article.save_revision().publish()
        author.refresh_from_db()

    def test_author_is_published_with_the_article(self, new_author, make_article):
        self.publish_article_of(new_author, make_article)

        assert new_author.live
        assert b"Writes." in Client().get(new_author.url).content

    def test_author_without_any_revision_is_published_too(self, make_article):
        author = AuthorPage(title="No Revision", live=False)
        AuthorIndexPage.objects.get().add_child(instance=author)

        self.publish_article_of(author, make_article)

        assert author.live

    def test_other_contributors_wait_for_an_editor(self, new_author, make_article):
        self.publish_article_of(new_author, make_article, role="reviewer")

        assert not new_author.live

    def test_withdrawn_author_stays_withdrawn(self, new_author, make_article):
        new_author.get_latest_revision().publish()
        new_author.refresh_from_db()
        new_author.unpublish()

        self.publish_article_of(new_author, make_article)

        assert not new_author.live

    def test_author_who_waits_for_a_day_goes_on_waiting(self, new_author, make_article):
        new_author.go_live_at = timezone.now() + timedelta(days=1)
        new_author.save_revision()

        self.publish_article_of(new_author, make_article)

        assert (new_author.live, new_author.first_published_at) == (False, None)
        assert new_author.scheduled_revision is None

    def test_article_that_is_only_scheduled_publishes_nobody(self, new_author, make_article):
        article = make_article(live=False)
        article.contributors = [Contributor(author=new_author)]
        article.go_live_at = timezone.now() + timedelta(days=1)
        article.save_revision().publish()

        new_author.refresh_from_db()
        assert not new_author.live

    def test_unfinished_draft_of_a_live_author_is_not_published_by_an_import(self, author):
        author.biography = ""
        author.save_revision().publish()
        author.job_title = "Unfinished"
        author.save_revision()

        author_named(name="Ada Brook", biography="Boils.", publish=True)

        author.refresh_from_db()
        draft = author.get_latest_revision_as_object()
        assert (author.job_title, author.biography) == ("Physicist", "")
        assert (draft.job_title, draft.biography) == ("Unfinished", "<p>Boils.</p>")

    def test_biography_is_given_to_a_live_author_who_has_none(self, author):
        author.biography = ""
        author.save_revision().publish()

        assert author_named(name="Ada Brook", biography="Boils.").biography == "<p>Boils.</p>"


class TestDeleting:
    """An author cannot be deleted out of a byline."""

    @pytest.fixture
    def article(self, author, make_article):
        article = make_article("The Byline")
        article.contributors = [Contributor(author=author)]
        article.save_revision().publish()
        return article

    @pytest.fixture(
        params=["/admin/pages/{author}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={author}&next=/admin/"],
        ids=["one", "bulk"],
    )
    def delete(self, request, author, admin):
        def delete() -> str:
            client = Client()
            client.force_login(admin)
            answer = client.post(request.param.format(author=author.pk), follow=True)
            assert answer.status_code == 200
            return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())

        return delete

    def test_author_in_a_byline_is_kept_in_words(self, delete, article, author):
        told = delete()

        assert "“Ada Brook” was not deleted: 1 article names this author, for example “The Byline”." in told
        assert [person.author for person in article.contributors.all()] == [author]

    def test_author_in_a_draft_is_kept_too(self, delete, make_article, author):
        draft = make_article("The Draft", live=False)
        draft.contributors = [Contributor(author=author)]
        draft.save_revision()

        assert "for example “The Draft”" in delete()
        assert AuthorPage.objects.filter(pk=author.pk).exists()

    def test_author_whom_no_article_names_is_deleted(self, delete, author):
        delete()

        assert not AuthorPage.objects.filter(pk=author.pk).exists()


class TestAccount:
    @pytest.fixture
    def save(self, client, author, make_user):
        """Return a function that saves the page of an author in the admin as `who`, and returns the account it has."""
        ruth = make_user("ruth")

        def post(who) -> User | None:
            client.force_login(who)
            address = reverse("wagtailadmin_pages:edit", args=[author.pk])
            self.page = client.get(address).content.decode()
            fields = {"title": author.title, "slug": author.slug, "biography": rich_text("<p>Boils water.</p>")}
            forms = inline_formset([])
            fields |= {"credentials": forms, "links": forms, "account": str(ruth.pk), "action-publish": "1"}
            assert client.post(address, nested_form_data(fields)).status_code == 302
            return AuthorPage.objects.get(pk=author.pk).account

        return post

    def test_editor_neither_sees_nor_sets_it(self, save, editor):
        assert save(editor) is None
        assert 'name="account"' not in self.page

    def test_who_may_change_accounts_sets_it(self, save, admin):
        assert save(admin).username == "ruth"
        assert 'name="account"' in self.page
