"""Whether a vote counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What is thought of a vote. Only one that is `counted` is seen in any number."""

    COUNTED = "counted", _("Counted")
    QUARANTINED = "quarantined", _("Set aside for review")
    REJECTED = "rejected", _("Rejected")
