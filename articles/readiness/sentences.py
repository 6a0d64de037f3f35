"""What keeps a page from being stored or published, in words for an editor."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def sentences(error: Exception, model: type[models.Model]) -> list[str]:
    """Return what `error`, raised when a `model` was stored or published, says: one sentence for each thing.

    Of what is no complaint about the page, only its kind is told: the log says the rest.
    """
    if not isinstance(error, ValidationError):
        kind = type(error).__name__
        return [_("Something went wrong that is not the page’s fault (%(kind)s). The log says more.") % {"kind": kind}]
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    told = []
    for field, messages in error.message_dict.items():
        label = _label(field, model)
        told += [f"{label}: {message}" if label else message for message in messages]
    return told


def _label(field: str, model: type[models.Model]) -> str:
    if field == NON_FIELD_ERRORS:
        return ""
    try:
        return capfirst(str(getattr(model._meta.get_field(field), "verbose_name", field)))
    except FieldDoesNotExist:
        return capfirst(field)
