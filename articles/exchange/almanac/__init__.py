"""Our own format, in which nothing is lost: a JSON array with one record a line (docs/export.md).

A record names others by keys that are the same on every site: pages by their translation key, pictures and documents by
the SHA-256 of their file, sources by their identifier, tags by name. `naming` finds these keys and what they stand for,
`content` turns the content of a page from one into the other, both ways.
"""

VERSION = 1
"""Of the format. A record with a field that is not known here is refused, so that nothing is lost in silence."""

MEDIA = "media"
"""The folder beside the file, in which pictures and documents lie under the SHA-256 of their content."""
