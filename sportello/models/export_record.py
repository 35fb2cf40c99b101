"""Who took which list out of the portal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .support_note import WrittenOnce


class ExportRecord(WrittenOnce):
    """One export of one desk's rows: written once, never changed. An export over two desks is two records."""

    desk = models.ForeignKey("sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("chi"), on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("quale elenco"), max_length=40)
    filters = models.JSONField(_("filtri"), default=dict)
    rows = models.PositiveIntegerField(_("righe"))
    at = models.DateTimeField(_("quando"), auto_now_add=True)

    class Meta:
        verbose_name = _("esportazione")
        verbose_name_plural = _("esportazioni")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["desk", "-at"], name="export_by_desk")]

    def __str__(self) -> str:
        return f"{self.what} {self.rows}"
