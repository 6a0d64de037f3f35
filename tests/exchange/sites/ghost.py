"""Exports of Ghost for the tests, in the manner of the real ones."""

import json


def export(posts, *, version: str = "5.90.0", **tables) -> str:
    """Return a whole file; the tables stand in the order of their names, as Ghost writes them."""
    data = {"posts": posts} | tables
    meta = {"exported_on": 1770000000000, "version": version}
    return json.dumps({"db": [{"meta": meta, "data": {name: data[name] for name in sorted(data)}}]})


def post(number: int, **values):
    """Return a post with what every version says of it."""
    return {
        "id": f"5f{number:022d}",
        "uuid": f"00000000-0000-4000-8000-{number:012d}",
        "title": "Why it whistles",
        "slug": f"post-{number}",
        "html": "<p>Water boils.</p>",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "published_at": "2020-05-01T08:00:00.000Z",
        "updated_at": "2020-05-01T08:00:00.000Z",
    } | values


def lexical(*children) -> str:
    return json.dumps({"root": {"type": "root", "version": 1, "children": children}})


def words(text: str, style: int = 0):
    return {"type": "extended-text", "text": text, "format": style, "version": 1}


def node(kind: str, *children, **values):
    return {"type": kind, "children": list(children), "version": 1} | values


def mobiledoc(*sections, cards=(), markups=(), atoms=()) -> str:
    return json.dumps({"version": "0.3.1", "atoms": atoms, "cards": cards, "markups": markups, "sections": sections})
