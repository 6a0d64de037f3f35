"""The contents list of a body, computed from its blocks."""

from wagtail.blocks.stream_block import StreamValue

from articles.blocks.base import OutlineEntry


def anchor(block_id: str | None) -> str:
    """Return the anchor of a block: stable as long as the block lives, whatever its heading says."""
    return f"part-{(block_id or 'new')[:8]}"


def outline(body: StreamValue) -> list[OutlineEntry]:
    """Return an entry for every block of `body` that has a heading of its own, in order."""
    entries = []
    for child in body:
        heading = child.block.heading(child.value)
        if heading is not None:
            text, level = heading
            entries.append(OutlineEntry(text=text, level=level, anchor=anchor(child.id)))
    return entries
