"""The form of one outcome in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from .models import CallOutcome

# Who, for what, how it ended: the order in which an official ranking is read.
OUTCOME_PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("is_individual"), FieldPanel("name_is_public")]),
            ],
            heading=_("Chi ha presentato la domanda"),
        ),
        MultiFieldPanel([FieldPanel("project_title"), FieldPanel("project")], heading=_("Per che cosa")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("result"), FieldPanel("amount")]),
                FieldRowPanel([FieldPanel("rank"), FieldPanel("score")]),
            ],
            heading=_("Com'è andata"),
        ),
    ]
)


def outcome_panels() -> ObjectList:
    """The panels, bound to the model; its form comes from `get_form_class()`."""
    return OUTCOME_PANELS.bind_to_model(CallOutcome)
