"""Text that XML can hold."""

import re

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold, not even escaped (XML 1.0, production 2)."""


def xml_text(text: str) -> str:
    """Return `text` with a replacement character for each that XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)
