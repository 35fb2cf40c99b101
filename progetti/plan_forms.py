"""Editing forms of the parts of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .contribution_forms import OPTIONS_ID, find_node, node_value
from .models import Indicator

MAX_UPLOAD = 1024 * 1024


class NodeForm(WagtailAdminModelForm):
    """The editing form of what hangs on another node of a plan: which one, in words that tell plans apart; abstract.

    Nodes hang on the axes of the plan in the source language: its translations have axes too, which are not offered.
    """

    above = ""
    when_none: object = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields[self.above]
        nodes = field.queryset.filter(plan__locale__language_code="it").select_related("plan")
        field.queryset = nodes.order_by("plan__title", "plan_id", "code" if self.above == "axis" else "order_key", "pk")
        several = nodes.values("plan_id").distinct().count() > 1
        field.label_from_instance = lambda node: f"{node} ({node.plan.title})" if several else str(node)
        if not nodes.exists():
            field.help_text = self.when_none


class ObjectiveForm(NodeForm):
    """The editing form of an objective."""

    above = "axis"
    when_none = _("Non ci sono ancora assi: si scrivono nella pagina del piano, scheda «Contenuto».")


class ActionForm(NodeForm):
    """The editing form of an action: saving goes through the door that writes its history."""

    above = "objective"
    when_none = _("Non ci sono ancora obiettivi: scrivili prima, in «Piano», «Obiettivi».")

    def save(self, commit=True):
        from .actions.plan import save_action

        action = super().save(commit=False)
        if commit:
            save_action(action, by=self.for_user)
        return action


class IndicatorForm(WagtailAdminModelForm):
    """The editing form of an indicator, with the same field for the node that pages have."""

    node_code = forms.CharField(
        label=_("punto del piano"),
        required=False,
        help_text=_("Se misura il piano: il codice di un asse, di un obiettivo o di un'azione."),
        widget=forms.TextInput(attrs={"list": OPTIONS_ID, "autocomplete": "off"}),
    )

    class Meta:
        model = Indicator
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.node is not None:
            self.initial["node_code"] = node_value(self.instance.node)

    def clean_node_code(self) -> str:
        text = self.cleaned_data["node_code"]
        self.instance.node = find_node(text) if text else None
        return text


class ImportForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=_("File CSV"),
        help_text=_("UTF-8, colonne separate da punto e virgola o da virgola. Al massimo 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise forms.ValidationError(_("Il file è più grande di 1 MB: dividilo."))
        return file


class ConfirmForm(forms.Form):
    """The text that was tried, sent back to be imported for good; it is checked again from the beginning."""

    text = forms.CharField(max_length=MAX_UPLOAD, strip=False, widget=forms.HiddenInput)
