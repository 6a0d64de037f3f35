"""Questions about articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, PageQuerySet, Revision

from articles.listing import Part
from findable.visibility import published_of_kind

if TYPE_CHECKING:
    from articles.models.topic import TopicPage
    from authors.models import AuthorPage


class ArticleQuerySet(PageQuerySet):
    """Questions about articles."""

    def published(self) -> ArticleQuerySet:
        """Return what any reader may see: live and under no restriction."""
        found: ArticleQuerySet = published_of_kind(self)
        return found

    def newest_first(self) -> ArticleQuerySet:
        """Return them by first publication, the newest first."""
        return self.order_by("-first_published_at", "-pk")

    def about(self, topic: TopicPage) -> ArticleQuerySet:
        """Return the published articles of `topic` and of all topics below it, the newest first."""
        return self.published().of_topic(topic).newest_first()

    def of_topic(self, topic: TopicPage) -> ArticleQuerySet:
        """Return those of `topic` and of all topics below it."""
        from articles.models.article import ArticlePage

        # Found among the topics: among all pages, a database would look at the path of every one.
        topics = type(topic)._default_manager.descendant_of(topic, inclusive=True)
        rows = ArticlePage.topics.through.objects.filter(topicpage__in=topics.order_by().values("pk"))
        return self.filter(pk__in=rows.values("articlepage"))

    def by(self, author: AuthorPage) -> ArticleQuerySet:
        """Return the published articles that `author` had a part in, the newest first."""
        from articles.models.contributor import Contributor

        parts = Contributor.objects.filter(author=author).order_by()
        return self.published().filter(pk__in=parts.values("article")).newest_first()

    def of_part(self, part: Part, author: AuthorPage) -> ArticleQuerySet:
        """Return the published articles for which `author` did `part`, the newest first.

        Reviewed is what the person signed off, also where that has lapsed, and what names the person as a reviewer.
        """
        from articles.models.contributor import Contributor
        from articles.models.sign_off import SignOff

        role = Contributor.Role
        roles = {
            Part.WRITTEN: [role.AUTHOR],
            Part.REVIEWED: [role.REVIEWER],
            Part.SUPPORTED: [role.EXPERT, role.FACT_CHECKER, role.EDITOR],
        }
        parts = Contributor.objects.filter(author=author, role__in=roles[part]).order_by()
        found = models.Q(pk__in=parts.values("article"))
        if part == Part.REVIEWED:
            found |= models.Q(pk__in=SignOff.objects.filter(reviewer=author, withdrawn_at=None).values("article"))
        return self.published().filter(found).newest_first()

    def which(self, **conditions: Any) -> ArticleQuerySet:
        """Return each once that meets `conditions`, which may reach over to other tables.

        By a subquery: to tell doubles apart, a database would compare whole bodies.
        """
        return self.filter(pk__in=self.model._default_manager.filter(**conditions).values("pk"))

    def naming(self, author: AuthorPage) -> ArticleQuerySet:
        """Return those that `author` had a part in, as they are or in a newer revision that nobody has published."""
        unpublished = Revision.objects.filter(
            pk__in=self.filter(has_unpublished_changes=True).values("latest_revision")
        )
        # In Python: databases differ in how to look into a list that is kept as JSON.
        drafts = [
            revision.object_id
            for revision in unpublished.only("object_id", "content").iterator()
            if any(row["author"] == author.pk for row in revision.content.get("contributors", ()))
        ]
        return self.filter(models.Q(contributors__author=author) | models.Q(pk__in=drafts)).distinct()

    def for_cards(self) -> ArticleQuerySet:
        """Return them with all that a card in a listing shows: no further query for any number of cards.

        Without the body, which no card shows and which is most of an article.
        """
        from articles.models.contributor import Contributor

        return (
            self.defer("body")
            .select_related("hero")
            .prefetch_related(
                "hero__renditions",
                models.Prefetch("contributors", Contributor.objects.select_related("author").order_by("sort_order")),
            )
        )


def listed_articles() -> ArticleQuerySet:
    """Return the published articles as rows of the table of pages alone, for whoever counts and sorts all of them.

    A row of the articles' own table is nearly all body, and a database that only looks for its key reads the body too.
    What is shown of some of them is then found by their keys: see `articles.paging.page_of`.
    """
    from articles.models.article import ArticlePage

    return ArticleQuerySet(Page).filter(content_type=ContentType.objects.get_for_model(ArticlePage)).published()
