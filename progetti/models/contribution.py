"""«Contribuisce a»: which nodes of a plan a page helps to reach, and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from ..contribution_forms import contributions_panel
from ..plan_querysets import ContributionQuerySet
from .node_link import NodeLink, one_node


class Contribution(NodeLink, TranslatableMixin, Orderable):
    """A page helps to reach one node of a plan. The node is the same in every language; the note is translated."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="contributions")
    note = models.CharField(
        _("in che modo"), max_length=255, blank=True, help_text=_("Come questa pagina aiuta, in una frase.")
    )

    objects = ContributionQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("node_code"), FieldPanel("note")])]
    override_translatable_fields = [SynchronizedField(name) for name in ("axis", "objective", "action")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("contributo al piano")
        verbose_name_plural = _("contributi al piano")
        constraints = [
            models.CheckConstraint(
                condition=one_node(required=True),
                name="contribution_to_one_node",
                violation_error_message=_("Indica un solo punto del piano: un asse, un obiettivo o un'azione."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["page", name],
                    name=f"contribution_once_per_{name}",
                    violation_error_message=_("La pagina contribuisce già a questo punto del piano."),
                )
                for name in ("axis", "objective", "action")
            ),
        ]

    def __str__(self) -> str:
        return str(self.node)


class ContributionsMixin(models.Model):
    """The page says to which nodes of the plan it contributes.

    The relation belongs to `wagtailcore.Page`, so that one query finds every page that contributes to a node, whatever
    its type; a page type shows the panel, and its line of sight, by taking this mixin.
    """

    contributions_panels = [contributions_panel()]

    class Meta:
        abstract = True
