"""What machines are told of an author (schema.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from findable.nodes import Node, node, reference
from findable.structured_data import image_id, image_node, page_nodes
from prose.sanitize import plain_text

if TYPE_CHECKING:
    from authors.models import AuthorPage


def person_node(author: AuthorPage, **properties: Any) -> Node:
    """Return `author` as a person: name, page, job and credentials, with further `properties`.

    Of somebody whose page readers cannot see, machines are told the name, as readers are, and nothing else.
    """
    if not author.is_for_everybody:
        return node("Person", name=author.title)
    return node(
        "Person",
        id=_person_id(author),
        name=author.title,
        url=author.full_url,
        jobTitle=author.job_title,
        hasCredential=[
            node(
                "EducationalOccupationalCredential",
                name=credential.degree,
                recognizedBy=node("Organization", name=credential.body) if credential.body else None,
                identifier=credential.number,
                url=credential.register_url,
            )
            for credential in author.credentials.all()
        ],
        **properties,
    )


def profile_nodes(author: AuthorPage) -> list[Node]:
    """Return the nodes of the author's own page: a profile, the person whom it shows, and the portrait."""
    url = author.full_url
    portrait = author.portrait
    person = person_node(
        author,
        description=plain_text(author.biography),
        image=reference(image_id(portrait, url)) if portrait else None,
        sameAs=[link.url for link in author.links.all()],
        knowsAbout=[node("Thing", name=topic.title, url=topic.full_url) for topic in author.shown_topics],
        mainEntityOfPage=reference(url),
    )
    pictures = [image_node(portrait, url)] if portrait else []
    return [*page_nodes(author, mainEntity=reference(_person_id(author))), person, *pictures]


def _person_id(author: AuthorPage) -> str:
    return f"{author.full_url}#person"
