"""The editing form of a call: first what a call says on its front page, then the rest, each thing once.

Whoever copies a call into the portal has its front page at hand, and goes down it: who, until when, how much, for whom.
So those come first, on one tab with the texts, and what many calls do not have is folded.
"""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel

from portal.pages.base import BasePage
from portal.pages.mixins import (
    AttachmentsMixin,
    ContactsMixin,
    EasyReadMixin,
    PictureMixin,
    RelatedPagesMixin,
    ReviewMixin,
)
from progetti.models.contribution import ContributionsMixin
from progetti.panels import page_tabs

from .outcome_panels import CallOutcomesPanel

_FOLDED = "collapsed"

_KEY_FACTS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("source")]),
            FieldRowPanel([FieldPanel("issuing_body"), FieldPanel("responsible_office")]),
            FieldPanel("official_url"),
        ],
        heading=_("Che bando è"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("opening"), FieldPanel("deadline"), FieldPanel("questions_deadline")]),
            FieldRowPanel([FieldPanel("until_funds_run_out"), FieldPanel("gather_interests")]),
            FieldRowPanel([FieldPanel("publication_of_outcomes"), FieldPanel("end_of_procedure")]),
        ],
        heading=_("Le date"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("total_amount"), FieldPanel("minimum_grant"), FieldPanel("maximum_grant")]),
            FieldPanel("co_funding_share"),
        ],
        heading=_("Quanto"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("recipients", widget=CheckboxSelectMultiple),
            FieldPanel("territories", widget=CheckboxSelectMultiple),
            FieldPanel("territorial_scope"),
        ],
        heading=_("Per chi e dove"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("act_number"), FieldPanel("act_date")]),
            FieldRowPanel([FieldPanel("cup"), FieldPanel("cig")]),
        ],
        heading=_("Atto e codici"),
    ),
]

_AFTERWARDS = [
    InlinePanel(
        "acts",
        heading=_("Proroghe, sospensioni, revoche"),
        label=_("Atto"),
        help_text=_("Ogni atto resta in pagina con la sua data e il suo motivo."),
    ),
    CallOutcomesPanel(heading=_("Esiti")),
    MultiFieldPanel([FieldPanel("outcomes_note")], heading=_("Com'è finita, in parole"), classname=_FOLDED),
]

CALL_FORM = page_tabs(
    [
        *BasePage.intro_panels,
        HelpPanel(content=_("Puoi salvare una bozza anche a metà: si controlla tutto quando pubblichi.")),
        *_KEY_FACTS,
        FieldPanel("what_it_funds"),
        FieldPanel("eligible_costs"),
        FieldPanel("requirements"),
        FieldPanel("how_to_apply"),
        MultiFieldPanel(
            [FieldPanel("topics", widget=CheckboxSelectMultiple), FieldPanel("organisation")],
            heading=_("Di che cosa parla"),
        ),
        FieldPanel("criteria"),
        FieldPanel("forms"),
        FieldPanel("faq"),
        FieldPanel("body"),
        *PictureMixin.picture_panels,
    ],
    details=[*_AFTERWARDS],
    people=[*ContactsMixin.contacts_panels],
    more=[
        *AttachmentsMixin.attachments_panels,
        *ContributionsMixin.contributions_panels,
        *RelatedPagesMixin.related_panels,
        *EasyReadMixin.easy_read_panels,
        *ReviewMixin.review_panels,
    ],
    classification=(),
)
