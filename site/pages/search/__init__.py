"""Search of the site: what readers ask, what they find, and what editors make of it."""
