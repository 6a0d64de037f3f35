"""What it costs to make the page of an article anew: the same few queries, whatever stands on it and below it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db.models import F
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model

from articles import actions as desk
from articles.blocks.registry import kinds
from articles.models import ArticlePage, Contributor, RelatedArticle, SignOff, TopicPage
from authors.models import AuthorIndexPage, AuthorPage, Credential
from delivery.kept.keeping import parts
from delivery.kept.refresher import Refresher
from freshness.parts import Part, used_parts
from pictures.actions import make_renditions, store_picture
from ratings import actions
from ratings.models import Badge, Comment, DiscussionPolicy, Reader, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

CANARY = "Ruth Canary"

COLD = 12
"""The version of the site; the article, the numbers of its comments, threads, replies, and the credentials of those who
write with a badge; what belongs to the article, the pages on it, pictures, sizes, documents, and what to read next."""

KEEPING = 2
"""What can be seen when the shell begins to be made, and whether it is outdated when it is kept."""

WITH_ITS_SHELL = 6
"""The first six of them."""


@pytest.fixture
def richest(make_article) -> ArticlePage:
    """An article with forty blocks of all kinds that name all there is to name, and something in every place."""
    others = [make_article(f"Kettle {number}") for number in range(3)]
    images = [
        store_picture(title=name, name=f"{name}.png", description=name, data=_drawn())
        for name in ("hero", "pot", "face", "film")
    ]
    make_renditions(images)
    people = []
    for name in ("Ada Brook", "Ben Ash", "Cy Dee"):
        person = AuthorPage(title=name, job_title="Physicist", portrait=images[2])
        AuthorIndexPage.objects.get().add_child(instance=person)
        Credential.objects.create(author=person, degree=f"Doctor {name}", body="ETH", checked_on=NOON.date())
        people.append(person)
    film = get_document_model().objects.create(title="Film", file=ContentFile(b"film", name="film.mp4"))
    links = "".join(f'<a linktype="page" id="{other.pk}">see</a> ' for other in others)
    own = {
        "text": f'<p>{links}<a linktype="document" id="{film.pk}">film</a></p>',
        "figure": {"image": images[1].pk, "caption": "A pot"},
        "quote": {"text": "It sings.", "speaker": "Ben", "profile": people[1].pk},
        "video": {"title": "A film", "file": film.pk, "poster": images[3].pk, "transcript": "<p>It sings.</p>"},
    }
    each = [
        {"type": name, "value": own.get(name, kind.get_prep_value(kind.get_preview_value()))}
        for name, kind in kinds().items()
    ]
    article = make_article("Everything at Once", hero=images[0], body=[*each * 40][:40])
    top = TopicPage.objects.get()
    topics = [top.add_child(instance=TopicPage(title=name)) for name in ("Kettles", "Steam")]
    DiscussionPolicy.objects.create(topic=topics[1], closes_after_days=9999)
    for each_one in (article, *others):
        each_one.topics.set(topics)
        each_one.tags.set(["hot", "loud"])
        each_one.contributors = [Contributor(author=people[0]), Contributor(author=people[2], role="editor")]
    article.related_articles = [RelatedArticle(other=other) for other in others[:2]]
    for each_one in (article, *others):
        each_one.save_revision().publish()
    today = timezone.localdate()
    for person in people[1:]:
        kind = SignOff.Kind.MEDICAL
        due_on = today + timedelta(days=9)
        desk.sign_off(article=article, reviewer=person, kind=kind, signed_by=None, today=today, due_on=due_on)
    return article


def _drawn() -> bytes:
    data = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(data, "PNG")
    return data.getvalue()


def write(article: ArticlePage, number: int) -> None:
    """Store so many published comments, each third one a first one with two replies; of reviewers if there are any."""
    reader = Reader.objects.create()
    people = list(AuthorPage.objects.all())

    def comment(index: int, **fields) -> Comment:
        fields |= {"created_at": NOON, "published_at": NOON, "state": State.PUBLISHED}
        if people:
            fields |= {"person": people[index % len(people)], "badge": Badge.REVIEWER}
        text = "It *sings*, so I have heard."
        return Comment(article=article, reader=reader, name=f"{CANARY} {index}", text=text, **fields)

    firsts = Comment.objects.bulk_create(comment(index, reply_count=2) for index in range(0, number, 3))
    Comment.objects.filter(article=article, parent=None).update(thread=F("pk"))
    above = [*firsts, *firsts][: number - len(firsts)]
    Comment.objects.bulk_create(comment(index, parent=first, thread=first) for index, first in enumerate(above))


@pytest.fixture
def client(settings) -> Client:
    """A reader, where what is the same on every page is remembered."""
    settings.KEEP_PAGES = True
    return Client()


def test_richest_article_takes_twelve_queries_for_any_number_of_comments(richest, client, django_assert_num_queries):
    """For ten thousand as for three hundred: a page asks for twenty threads by an index, and counts in indexes."""
    client.get(richest.url)  # fills the caches of content types, and of what is the same on every page
    with django_assert_num_queries(COLD - 2):  # no replies, nobody with a badge
        client.get(richest.url)
    for comments in (3, 297):
        write(richest, comments)
        with django_assert_num_queries(COLD):
            page = client.get(richest.url).content.decode()
        assert page.count("Doctor") > 3
        assert page.count(f"{CANARY} ") > 1


def test_page_whose_shell_is_kept_takes_six(richest, machine, django_assert_num_queries):
    client = Client()
    client.get(richest.url)
    for comments in (3, 297):
        write(richest, comments)
        parts.clear()
        with django_assert_num_queries(COLD + KEEPING), used_parts():  # as where a page is made to be kept
            cold = client.get(richest.url).content
        with django_assert_num_queries(WITH_ITS_SHELL):
            kept = client.get(richest.url).content
        assert kept == cold


class TestShell:
    """All of the page but its readers' responses."""

    @pytest.fixture
    def read(self, article, machine):
        """Return a function that returns the page as a reader gets it once all changes are known, and its shell."""
        worker = Refresher()

        def read() -> tuple[str, str]:
            worker.finish()
            page = Client().get(article.url).content.decode()
            part = parts.read(f"shell:{article.pk}")
            assert part is not None
            return page, part.text

        return read

    def test_vote_and_comment_leave_it(self, article, read):
        read()
        parts.keep(f"shell:{article.pk}", _marked(article))

        for stars in (3, 4, 5):
            actions.rate(article=article, reader=Reader.objects.create(), stars=stars, now=NOON)
        write(article, 1)

        page, marked = read()
        assert "★ 4.0 (3 reviews)" in page
        assert f"{CANARY} 0" in page
        assert "kept, not made again" in marked
        assert "kept, not made again" in page

    def test_new_title_makes_another(self, article, read):
        read()
        parts.keep(f"shell:{article.pk}", _marked(article))
        article.title = "Why the Kettle Sings"
        article.save_revision().publish()

        page, shell = read()
        assert "Why the Kettle Sings" in shell
        assert "kept, not made again" not in page

    def test_it_never_holds_what_readers_said(self, article, read):
        for stars in (1, 2, 2):
            actions.rate(article=article, reader=Reader.objects.create(), stars=stars, now=NOON)
        write(article, 3)
        Comment.objects.filter(parent=None).update(pick_reason="Canary of ours", is_pinned=True)

        page, shell = read()
        for word in (CANARY, "Canary of ours", "so I have heard", "★ 1.6 (3 reviews)", 'commentCount":3'):
            assert word in page, word
            assert word not in shell, word


def _marked(article: ArticlePage) -> Part:
    part = parts.read(f"shell:{article.pk}")
    assert part is not None
    return replace(part, text=part.text.replace("</body>", "kept, not made again</body>"))
