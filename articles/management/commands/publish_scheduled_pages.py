"""`manage.py publish_scheduled_pages`: the older name of `publish_scheduled`, as Wagtail has it."""

from articles.management.commands.publish_scheduled import Command

__all__ = ["Command"]
