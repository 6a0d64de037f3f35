"""Rich text, as a model field and as a stream block, that is cleaned on its way into the database."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from prose.sanitize import MAX_LENGTH, TextTooLong, clean_rich_text, plain_text


class AddressField(models.URLField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A web address. One that is typed without a scheme means https, where Django's own field still says http."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form field."""
        return super().formfield(**{"assume_scheme": "https"} | kwargs)

    def deconstruct(self) -> Any:
        """Return what a migration needs: to the database this is Django's field."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.URLField", arguments, options


class AddressBlock(blocks.FieldBlock):
    """The same as a stream block."""

    def __init__(self, *, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        self.field = forms.URLField(required=required, help_text=help_text, assume_scheme="https")
        super().__init__(**kwargs)

    class Meta:
        icon = "link-external"


FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]
"""What an editor may do inside a text: structure comes from the blocks, not from the text."""
CITING = [*FEATURES, "cite"]
"""The same in the blocks of an article, whose page lists the sources that it cites."""


class CleanRichTextField(RichTextField):
    """A RichTextField whose every write (save, bulk_create, update, a revision's JSON) is cleaned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Refuse a text over the limit in words, before anything parses it."""
        if value and len(value) > MAX_LENGTH:
            raise ValidationError(_too_long(value), code="max_length")
        return super().clean(value, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """Return the value as it is stored: clean."""
        value = super().get_prep_value(value)
        return clean_rich_text(value) if value else value

    def value_to_string(self, obj: Any) -> str:
        """Return the value as a revision or a fixture holds it: clean. Serializers do not ask `get_prep_value`."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the text to index; by our own reader, since Wagtail's fails on some strings."""
        return [plain_text(clean_rich_text(str(value)))] if value else []


class CleanRichTextBlock(blocks.RichTextBlock):
    """A RichTextBlock whose every write is cleaned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", CITING)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse a text over the limit in words, before anything parses it; if required, also empty paragraphs."""
        if value and len(value.source) > MAX_LENGTH:
            raise ValidationError(_too_long(value.source), code="max_length")
        if self.required and value and not plain_text(value.source).strip():
            raise ValidationError(self.field.error_messages["required"], code="required")
        return super().clean(value)

    def get_prep_value(self, value: Any) -> str:
        """Return the value as it is stored: clean."""
        return clean_rich_text(super().get_prep_value(value) or "")

    def normalize(self, value: Any) -> RichText:
        """Return the value as RichText, clean also before it was ever stored (a default, a preview, an import)."""
        normal = super().normalize(value)
        try:
            return RichText(clean_rich_text(normal.source))
        except TextTooLong:
            return normal  # `clean` says so to the editor, and `get_prep_value` refuses to store it.

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the text to index; by our own reader, since Wagtail's fails on some strings."""
        return [plain_text(value.source)] if value and value.source else []


def _too_long(source: str) -> str:
    return f"This text is too long: {len(source):,} characters with its markup, {MAX_LENGTH:,} are allowed."
