"""What the nightly comparison of kept numbers found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AggregateCheck(models.Model):
    """One comparison of every kept number with a recount."""

    finished_at = models.DateTimeField(_("finished at"))
    compared = models.PositiveBigIntegerField(_("numbers compared"))
    wrong = models.PositiveIntegerField(_("numbers that were wrong"))
    repaired = models.PositiveIntegerField(_("numbers repaired"))

    class Meta:
        verbose_name = _("check of kept numbers")
        verbose_name_plural = _("checks of kept numbers")
        get_latest_by = "finished_at"

    def __str__(self) -> str:
        return f"{self.compared} compared, {self.wrong} wrong"
