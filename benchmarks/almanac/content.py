"""What the benchmarks put into the database."""

from __future__ import annotations

from functools import cache
from itertools import cycle, islice

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone

from articles.actions import topic_named
from articles.blocks.registry import kinds
from articles.models import ArticleIndexPage, ArticlePage, Contributor
from authors.actions import author_named
from ratings import actions
from ratings.models import Comment, Reader, State
from ratings.moderation.judge import Verdict
from ratings.moderation.spam.starter import starter_examples

BATCH = 2000
SENTENCE = "It sings, and it has done so *since the spring*: listen to https://example.org/kettle?number={number} once."


def make_articles(title: str, count: int) -> list[ArticlePage]:
    """Publish `count` articles of one paragraph."""
    index = ArticleIndexPage.objects.get()
    body = [{"type": "text", "value": "<p>Steam needs room.</p>"}]
    return [
        index.add_child(instance=ArticlePage(title=f"{title} {number}", body=body, live=True))
        for number in range(1, count + 1)
    ]


def make_full_article(title: str, *, blocks: int = 0, comments: int = 0) -> ArticlePage:
    """Publish an article with a topic, an author and an editor, every kind of block, and so many comments.

    With a number of `blocks`, the kinds begin again until there are so many; otherwise each is there once.
    """
    samples = cycle([(name, kind.get_prep_value(kind.get_preview_value())) for name, kind in kinds().items()])
    body = [{"type": name, "value": value} for name, value in islice(samples, blocks or len(kinds()))]
    article: ArticlePage = ArticlePage(title=title, summary="What it takes.", body=body, live=False)
    ArticleIndexPage.objects.get().add_child(instance=article)
    ruth = author_named(name="Ruth Kettler", biography="<p>She listens to kettles.</p>", publish=True)
    article.topics.add(topic_named(name="Kettles"))
    article.contributors = [Contributor(author=ruth), Contributor(author=ruth, role="editor")]
    article.save_revision().publish()
    # As the next request finds it: this one still holds what it was given.
    article = ArticlePage.objects.get(pk=article.pk)
    fill_with_comments(article, comments)
    return article


def make_readers(count: int) -> list[Reader]:
    """Make readers; every other one has an account."""
    numbers = range(User.objects.count(), User.objects.count() + count // 2)
    users = User.objects.bulk_create([User(username=f"reader {number}") for number in numbers], batch_size=BATCH)
    readers = [Reader(user=users[number // 2] if number % 2 else None) for number in range(count)]
    return Reader.objects.bulk_create(readers, batch_size=BATCH)


def fill_with_comments(article: ArticlePage, count: int) -> None:
    """Bring the published comments of `article` to `count`, each by another reader; every third is a reply.

    The first comes through the action. The others are copies of its row: thousands at once, as no reader sends them.
    """
    if count == 0:
        return
    readers = make_readers(count)
    first = actions.comment(
        article=article,
        reader=readers[0],
        name="Ruth",
        email="ruth@example.org",
        text=_words(0),
        verdict=Verdict(state=State.PUBLISHED),
        now=timezone.now(),
    )
    answers = count // 3
    under_article = Comment.objects.filter(article=article)
    copies = (_copy(first, reader) for reader in readers[1 : count - answers])
    Comment.objects.bulk_create(copies, batch_size=BATCH)
    under_article.update(thread=F("pk"))
    parents = list(under_article.order_by("pk")[:answers])
    replies = (_copy(first, reader, parent) for reader, parent in zip(readers[count - answers :], parents, strict=True))
    Comment.objects.bulk_create(replies, batch_size=BATCH)
    if parents:
        under_article.filter(parent=None, pk__lte=parents[-1].pk).update(reply_count=1)


@cache
def _sentences() -> list[str]:
    return [example.text for example in starter_examples() if not example.spam]


def _words(number: int) -> str:
    """Return what a reader might write; another one writes something else, as the size of a compressed page shows."""
    sentences = _sentences()
    return " ".join(sentences[number * step % len(sentences)] for step in (1, 5, 11, 17))


def _copy(comment: Comment, reader: Reader, parent: Comment | None = None) -> Comment:
    fields = [field.attname for field in Comment._meta.concrete_fields if not field.unique and not field.generated]
    values = {name: getattr(comment, name) for name in fields} | {
        "reader_id": reader.pk,
        "name": f"Reader {reader.pk}",
        "text": _words(reader.pk),
        "parent_id": parent.pk if parent else None,
        "thread_id": parent.pk if parent else None,
    }
    return Comment(**values)
