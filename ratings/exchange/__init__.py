"""Readers' comments in the formats of other systems, and out again."""
