"""Text as Almanac keeps it: rich text that is clean when it is saved, and what counts as a word."""
