"""What the filters of our lists share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField


class _PageField(ModelChoiceField):
    """A page by its key, also where the key is a number that no database holds."""

    def to_python(self, value: Any) -> Any:
        """Return the page; raises ValidationError if there is none to choose."""
        try:
            return super().to_python(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": value}) from None


class PageFilter(ModelChoiceFilter):
    """Narrows a list down to what belongs to a page that is chosen."""

    field_class = _PageField
