"""The answers of the read API about articles, as OpenAPI describes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import WithJsonSchema, create_model

from articles.blocks.registry import kinds
from articles.models.source import Source


class PictureData(Schema):
    """A picture, in the largest size that there is of it."""

    url: str
    width: int
    height: int
    alt: str
    credit: str
    license: str | None = Field(description="The address of the license under which it may be used.")
    source: str | None = Field(description="Where it came from, and where a license can be had.")


class CredentialData(Schema):
    """A degree, license or certificate."""

    degree: str
    body: str = Field(description="Who granted it.")
    number: str
    register_url: str | None = Field(description="Where anybody can look the license up.")
    checked: date | None = Field(description="When it was last checked.")


class Person(Schema):
    """Somebody named in an article. Who has no page that any reader may see is a name only."""

    name: str
    url: str | None
    job_title: str = ""
    credentials: list[CredentialData] = []


class ContributorData(Person):
    """What else somebody did for an article."""

    role: str = Field(description="author, expert, reviewer, fact_checker or editor")


class SignOffData(Schema):
    """That somebody has checked the article. Only what is in force today is told."""

    kind: str = Field(description="medical or editorial")
    reviewer: Person
    signed: date
    due: date | None = Field(description="When the next review is due.")


class EventData(Schema):
    """What happened to the article since it was written."""

    kind: str = Field(description="published, revised, corrected, medical or editorial (the last two are reviews)")
    day: date
    text: str = Field(description="What was revised, how it was corrected, or who reviewed it.")
    ended: date | None = Field(description="Since when a review holds no longer.")
    version: str | None = Field(description="The older version that this tells of, as a page.")


class CorrectionData(Schema):
    """That the article was wrong, and what is right."""

    day: date
    text: str
    wrong: str | None = Field(description="The version that was wrong, as a page.")


class TopicLink(Schema):
    """A topic, by name and address."""

    id: int
    title: str
    url: str


class ArticleSummary(Schema):
    """An article as lists show it."""

    id: int
    title: str
    summary: str
    url: str
    canonical: str = Field(description="The address under which it wants to be known; mostly its own.")
    markdown: str = Field(description="The article as Markdown.")
    detail: str = Field(description="The whole article in this API.")
    published: datetime | None
    revised: date | None = Field(description="When the substance last changed, if it did.")
    authors: list[Person]
    topics: list[TopicLink]
    tags: list[str]
    hero: PictureData | None


class ArticleList(Schema):
    """One page of a list of articles."""

    count: int
    next: str | None = Field(description="The page after this one.")
    previous: str | None = Field(description="The page before this one.")
    articles: list[ArticleSummary]


def part_schema(kind: str) -> type[Schema]:
    """Return the schema of a block of that `kind` in a body. What is in `data`, the kind itself describes."""
    block = kinds()[kind]
    return create_model(
        "".join(word.title() for word in kind.split("_")) + "Part",
        __base__=Schema,
        __doc__=str(block.get_description()),
        id=(str, ...),
        anchor=(str, Field(description="The fragment of the article's address that leads here.")),
        kind=(Literal[kind], ...),  # type: ignore[arg-type]  # a literal that is known at run time only
        data=(Annotated[Any, WithJsonSchema(block.json_schema())], ...),
    )


AnyPart: Any = Annotated[reduce(or_, map(part_schema, kinds())), Field(discriminator="kind")]


class SourceData(Schema):
    """A source that an article cites."""

    number: int = Field(description="What stands for it in the texts, where a link leads to its anchor.")
    anchor: str = Field(description="The fragment of the article's address that leads here.")
    title: str
    authors: str
    publication: str
    year: int | None
    tier: str = Field(description=f"The kind of evidence: {', '.join(Source.Tier.values)}.")
    doi: str
    pmid: str
    isbn: str
    url: str | None = Field(description="Where it can be read.")
    accessed: date | None = Field(description="When it was read.")


class ArticleDetail(ArticleSummary):
    """An article, whole."""

    contributors: list[ContributorData]
    sign_offs: list[SignOffData]
    history: list[EventData] = Field(description="The latest first; empty until something happens to the article.")
    corrections: list[CorrectionData]
    reading_minutes: int
    body: list[AnyPart]
    sources: list[SourceData] = Field(description="What the article cites, in the order of the numbers.")
    links: dict[str, str] = Field(description="What readers answer to the article.")


class TopicSummary(TopicLink):
    """A topic as lists show it."""

    slug: str
    description: str
    parent: int | None = Field(description="The topic above it.")
    articles: str = Field(description="The articles of the topic and of those below it.")


class TopicDetail(TopicSummary):
    """A topic, whole."""

    intro: str = Field(description="HTML.")
    subtopics: list[TopicLink]


class AuthorSummary(Schema):
    """A person as lists show them."""

    id: int
    name: str
    slug: str
    url: str
    job_title: str
    articles: str = Field(description="The articles in which the person had a part.")


class LinkData(Schema):
    """A page elsewhere."""

    title: str
    url: str


class AuthorDetail(AuthorSummary):
    """A person, whole."""

    biography: str = Field(description="HTML.")
    portrait: PictureData | None
    credentials: list[CredentialData]
    topics: list[TopicLink]
    links: list[LinkData] = Field(description="Profiles elsewhere.")


class KindSummary(Schema):
    """A kind of block."""

    kind: str
    title: str
    description: str
    schema_url: str = Field(description="The JSON Schema of the kind's data.")
