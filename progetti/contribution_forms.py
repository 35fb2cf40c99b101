"""How editors say to which node of the plan a page contributes: one field that takes a code and suggests them all."""

from dataclasses import dataclass

from django import forms
from django.apps import apps
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel, MultiFieldPanel, Panel

from .models.node_link import NODE_FIELDS

OPTIONS_ID = "plan-nodes"
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class NodeOption:
    """One node as the field suggests it: the code, its plan when there are several, and the title."""

    value: str
    label: str


def plan_nodes():
    """Every node that a page can contribute to, with the plan it belongs to: three queries."""
    source = {"plan__locale__language_code": "it"}
    for name in NODE_FIELDS:
        model = apps.get_model("progetti", name)
        yield from model.objects.filter(**source).select_related("plan")


def node_options() -> list[NodeOption]:
    """What the field suggests, by plan and code."""
    nodes = sorted(plan_nodes(), key=lambda node: (node.plan.title, node.plan_id, node.code))
    return [NodeOption(node_value(node), node.title) for node in nodes]


def node_value(node) -> str:
    """The text that names a node in the field: its code and its plan, for there may be several plans."""
    return f"{node.code}{SEPARATOR}{node.plan.title}"


def find_node(text: str):
    """The node that a text names: a code, alone or followed by the title of its plan.

    Raises:
        forms.ValidationError: no node has that code, or several plans have one.
    """
    code, _separator, plan_title = (part.strip() for part in text.partition(SEPARATOR.strip()))
    found = [
        node
        for name in NODE_FIELDS
        for node in apps.get_model("progetti", name)
        .objects.filter(code__iexact=code, plan__locale__language_code="it")
        .select_related("plan")
        if not plan_title or node.plan.title == plan_title
    ]
    if not found:
        raise forms.ValidationError(
            _("Nel piano non c'è «%(text)s». Scrivi un codice, per esempio A1.2.") % {"text": text}
        )
    if len(found) > 1:
        raise forms.ValidationError(_("Più di un piano ha questo codice: scegli dall'elenco quello giusto."))
    return found[0]


class ContributionForm(WagtailAdminModelForm):
    """One contribution in the editing form of a page."""

    node_code = forms.CharField(
        label=_("punto del piano"),
        help_text=_(
            "Scrivi il codice o una parola del titolo e scegli: A1 è un asse, A1.2 un obiettivo, A1.2.3 un'azione."
        ),
        widget=forms.TextInput(attrs={"list": OPTIONS_ID, "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.node is not None:
            self.initial["node_code"] = node_value(self.instance.node)

    def clean_node_code(self) -> str:
        text = self.cleaned_data["node_code"]
        self.instance.node = find_node(text)
        return node_value(self.instance.node)


class ContributionFormSet(BaseChildFormSet):
    """All contributions of a page: each node once."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            value = (getattr(form, "cleaned_data", None) or {}).get("node_code")
            if value is None or form in self.deleted_forms:
                continue
            if value in seen:
                form.add_error("node_code", _("La pagina contribuisce già a questo punto del piano."))
            seen.add(value)


class NodeOptionsPanel(Panel):
    """The suggestions of the field, once in the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/progetti/node_options.html"

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "options": self.options, "options_id": OPTIONS_ID}

        @cached_property
        def options(self) -> list[NodeOption]:
            """The suggestions, read once for the whole form."""
            return node_options()


class ContributionsInlinePanel(InlinePanel):
    """The rows, with the check that no node is named twice."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name].update(form=ContributionForm, formset=ContributionFormSet)
        return options


def contributions_panel() -> Panel:
    """«Contribuisce a» in the editing form of a page."""
    return MultiFieldPanel(
        [
            NodeOptionsPanel(),
            ContributionsInlinePanel("contributions", label=_("Contributo")),
        ],
        heading=_("Contribuisce a"),
        help_text=_("Dove si trova questa pagina nel piano: chi legge lo vede in alto, in una riga."),
    )
