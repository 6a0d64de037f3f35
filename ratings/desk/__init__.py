"""The moderators' screens in the Wagtail admin."""
