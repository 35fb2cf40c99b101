"""Programme rules in the admin: list, history, words, comparison; a new one with its preview, by supervisors only."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions, rule_comparison, rules
from ..actions import rules as actions
from ..enums import OfferKind, OfferState
from ..errors import ActionError
from ..forms.desk import ConfirmForm
from ..forms.rules import RuleForm
from ..models import Offer, ProgrammeRule
from ..querysets_rules import would_hold
from .desk_page import DeskPageView

_TRAIL = (("sportello_rules:index", gettext_lazy("Regole")),)
OFFERS_CHECKED = 200
_LIVE_STATES = (OfferState.IN_REVIEW, OfferState.PUBLISHED, OfferState.PAUSED, OfferState.FULL, OfferState.STALE)


class RulesView(DeskPageView):
    """Every rule, series by series, with what holds today."""

    template_name = "wagtailadmin/sportello/rules.html"
    page_title = gettext_lazy("Regole")
    header_icon = "list-ul"

    def get_context_data(self, **kwargs):
        kind = self.request.GET.get("tipo", "")
        rows = ProgrammeRule.objects.in_order()
        if kind in OfferKind.values:
            rows = rows.filter(kind=kind)
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "rows": [
                {
                    "rule": row,
                    "until": row.valid_until,
                    "in_force": row.valid_from <= today and (row.next_from is None or row.next_from > today),
                    "to_come": row.valid_from > today,
                }
                for row in rows
            ],
            "kinds": OfferKind.choices,
            "kind": kind,
            "may_write": permissions.supervises(self.request.user),
        }


class RuleView(DeskPageView):
    """One rule in words, beside the one before it, and its series."""

    template_name = "wagtailadmin/sportello/rule.html"
    page_title = gettext_lazy("Regola")
    header_icon = "list-ul"
    trail = _TRAIL

    def get(self, request, pk):
        self.rule = get_object_or_404(ProgrammeRule, pk=pk)
        series = list(ProgrammeRule.objects.series(self.rule.kind, self.rule.region))
        before = next((row for row in series if row.valid_from < self.rule.valid_from), None)
        may_write = permissions.supervises(request.user)
        context = {
            "rule": self.rule,
            "before": before,
            "changes": rule_comparison.compare(before, self.rule),
            "series": series,
            "may_write": may_write,
            "may_withdraw": may_write and not self.rule.has_begun,
        }
        return self.render_to_response(self.get_context_data(**context))

    def get_page_subtitle(self):
        return str(self.rule)


class _SupervisorView(DeskPageView):
    trail = _TRAIL
    header_icon = "list-ul"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.supervises(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class RuleFormView(_SupervisorView):
    """Write a rule: first the form, then the preview in words, then it is written."""

    template_name = "wagtailadmin/sportello/rule_form.html"
    page_title = gettext_lazy("Nuova regola")

    def get(self, request):
        copied = request.GET.get("da", "")
        rule = ProgrammeRule.objects.filter(pk=copied).first() if copied.isascii() and copied.isdigit() else None
        return self.page(RuleForm(copied=rule))

    def post(self, request):
        form = RuleForm(request.POST)
        if not form.is_valid() or "correct" in request.POST:
            return self.page(form)
        if "write" not in request.POST:
            return self.preview(form)
        try:
            rule = actions.add_rule(form.cleaned_data, request.user)
        except ActionError as error:
            form.add_error(error.code if error.code in form.fields else None, str(error))
            return self.page(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form)
        messages.success(request, _("Regola scritta: vale dal giorno che hai scelto."))
        return redirect("sportello_rules:rule", rule.pk)

    def preview(self, form: RuleForm):
        rule = actions.draw_rule(form.cleaned_data)
        series = ProgrammeRule.objects.series(rule.kind, rule.region)
        if any(row.valid_from == rule.valid_from for row in series):
            words = _("Da quel giorno c'è già una regola di questo tipo e di questo posto: scegline un altro.")
            form.add_error("valid_from", words)
            return self.page(form)
        try:
            rule.full_clean()
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form)
        before = next((row for row in series if row.valid_from < rule.valid_from), None)
        checked, affected = self._affected(rule)
        context = {
            "form": form,
            "rule": rule,
            "before": before,
            "changes": rule_comparison.compare(before, rule),
            "checked": checked,
            "affected": affected,
        }
        self.template_name = "wagtailadmin/sportello/rule_preview.html"
        return self.render_to_response(self.get_context_data(**context))

    def _affected(self, rule: ProgrammeRule) -> tuple[int, list[dict]]:
        """How many offers of one's desks the rule would hold for, and those that it would have something against."""
        if rule.ends:
            return 0, []
        existing = list(ProgrammeRule.objects.filter(kind=rule.kind))
        offers = (
            Offer.objects.of_desks(self.allowed)
            .filter(kind=rule.kind, state__in=_LIVE_STATES, start_date__gte=rule.valid_from)
            .select_related("host__organisation", "municipality")
            .order_by("start_date", "pk")[:OFFERS_CHECKED]
        )
        held = [row for row in offers if would_hold(rule, existing, row.municipality.region, row.start_date)]
        found = []
        for row in held:
            sentences = [str(problem.sentence) for problem in rules.problems_with(rule, row)]
            if sentences:
                found.append(
                    {
                        "offer": row,
                        "url": reverse("sportello_offer:inspect", args=[row.pk]),
                        "sentences": sentences,
                    }
                )
        return len(held), found

    def page(self, form: RuleForm):
        return self.render_to_response(self.get_context_data(form=form, back_url=reverse("sportello_rules:index")))


class WithdrawRuleView(_SupervisorView):
    """Take back a rule that has not begun."""

    template_name = "wagtailadmin/sportello/desk_form.html"
    page_title = gettext_lazy("Togli la regola")

    def get(self, request, pk):
        rule = get_object_or_404(ProgrammeRule, pk=pk)
        context = {
            "form": ConfirmForm(),
            "submit_label": _("Togli"),
            "danger": True,
            "text": _("%(rule)s: non è ancora in vigore, si può togliere.") % {"rule": rule},
            "back_url": reverse("sportello_rules:rule", args=[rule.pk]),
        }
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request, pk):
        rule = get_object_or_404(ProgrammeRule, pk=pk)
        try:
            actions.withdraw_rule(rule, request.user)
        except ActionError as error:
            messages.error(request, str(error))
            return redirect("sportello_rules:rule", rule.pk)
        messages.success(request, _("Regola tolta: non era ancora in vigore."))
        return redirect("sportello_rules:index")
