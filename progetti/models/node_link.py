"""What points to a node of a plan: an axis, an objective or an action."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NODE_FIELDS = ("axis", "objective", "action")


def one_node(*, required: bool) -> Q:
    """The condition that at most one of the three is given, or exactly one when `required`."""
    condition = Q()
    for chosen in NODE_FIELDS:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in NODE_FIELDS})
    return condition if required else condition | Q(**{f"{name}__isnull": True for name in NODE_FIELDS})


class NodeLink(models.Model):
    """A pointer to one node of a plan; abstract. The axis is always that of the plan in the source language."""

    axis = models.ForeignKey(
        "progetti.Axis", verbose_name=_("asse"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    objective = models.ForeignKey(
        "progetti.Objective",
        verbose_name=_("obiettivo"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    action = models.ForeignKey(
        "progetti.Action", verbose_name=_("azione"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def node(self):
        """The axis, objective or action that it points to, or None."""
        return self.action or self.objective or self.axis

    @node.setter
    def node(self, node) -> None:
        for name in NODE_FIELDS:
            is_it = node is not None and type(node)._meta.model_name == name
            setattr(self, name, node if is_it else None)
