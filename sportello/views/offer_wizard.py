"""Writing an offer in short steps: kept from the first one on, left and taken up again, looked at whole at the end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from .. import offer_sections, presentation, rule_words, rules, wizard
from ..actions import offers as actions
from ..errors import ActionError
from ..forms.offer_steps import FORMS, StepForm
from ..models import Offer
from .common import area_page, enter_as_host, host_of, noindex


def editable_offer(request: HttpRequest, pk: int) -> Offer | None:
    """One of the host's offers that it may still change; None, with a message, if it has been sent."""
    offer = get_object_or_404(Offer.objects.for_detail().filter(host=host_of(request)), pk=pk)
    if offer.is_editable:
        return offer
    messages.info(request, _("Questa offerta è già stata inviata: per cambiarla scrivi allo Sportello."))
    return None


class _WizardView(LoginRequiredMixin, View):
    """For who acts for a host, on an offer that is not out yet."""

    offer: Offer | None = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer = enter_as_host(request)
        if answer is None and "pk" in kwargs:
            self.offer = editable_offer(request, kwargs["pk"])
            if self.offer is None:
                answer = redirect("area:host_offer", pk=kwargs["pk"])
        return noindex(answer or super().dispatch(request, *args, **kwargs))


class StepView(_WizardView):
    """One step. Without an offer it is the first one, and makes the draft."""

    def dispatch(self, request, *args, **kwargs):
        key = kwargs.get("step", wizard.STEPS[0].key)
        if key not in wizard.BY_KEY:
            raise Http404
        self.step = wizard.BY_KEY[key]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk=None, step=""):
        left = self.offer is not None and self.step.key in self.offer.steps_left.split()
        return self._page(self._form(left=left))

    def post(self, request, pk=None, step=""):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            offer = actions.save_offer(host_of(request), request.user, form.values(), self.offer, self.step.key)
        except ActionError as error:
            form.add_error(None, str(error))
            return self._page(form)
        if "save_exit" in request.POST:
            messages.success(request, _("Bozza salvata: la trovi tra le tue offerte."))
            return redirect("area:host_offers")
        self.offer = offer
        if form.add_problems(rules.problems_of(offer)):
            # Written down all the same: nothing that was typed is lost, and the last page says it again.
            return self._page(form, saved=True)
        return redirect(self._next_url(offer))

    def _form(self, data=None, left: bool = False) -> StepForm:
        return FORMS[self.step.key](data, offer=self.offer, left=left)

    def _next_url(self, offer: Offer) -> str:
        key = wizard.after(self.step.key, wizard.steps_left(offer))
        if key:
            return reverse("area:host_offer_step", args=[offer.pk, key])
        return reverse("area:host_offer_edit", args=[offer.pk])

    def _page(self, form: StepForm, saved: bool = False) -> HttpResponse:
        order = wizard.all_steps()
        number = order.index(self.step.key) + 1
        offer = self.offer
        left = wizard.steps_left(offer) if offer else order
        context: dict[str, Any] = {
            "form": form,
            "offer": offer,
            "step": self.step,
            "number": number,
            # The last page, where one looks and sends, is a step too.
            "total": len(order) + 1,
            "percent": round(100 * (len(order) - len(left)) / (len(order) + 1)),
            "action_url": reverse("area:host_offer_step", args=[offer.pk, self.step.key]) if offer else "",
            "previous_url": self._previous_url(number),
            "next_url": self._next_url(offer) if offer and saved else "",
            "saved": saved,
            "finishing": bool(offer) and not [key for key in left if key != self.step.key],
            "rule_boxes": self._rule_boxes(),
        }
        return area_page(self.request, "offer_step", context)

    def _previous_url(self, number: int) -> str:
        if self.offer is None or number == 1:
            return ""
        return reverse("area:host_offer_step", args=[self.offer.pk, wizard.STEPS[number - 2].key])

    def _rule_boxes(self) -> list[dict]:
        """The rules of every kind while it is being chosen, those of the kind afterwards."""
        municipality = self.offer.municipality if self.offer else host_of(self.request).organisation.municipality
        region = municipality.region if municipality else ""
        if self.step.key == "che-cosa":
            return rule_words.boxes_by_kind(region, timezone.localdate())
        box = rule_words.rule_box(self.offer.kind, rules.rule_for(self.offer)) if self.offer else None
        return [box] if box else []


class SummaryView(_WizardView):
    """The whole offer, section by section, with what is missing or against a rule; from here it is sent."""

    def get(self, request, pk):
        offer = self.offer
        if offer is None:
            raise Http404
        left = wizard.steps_left(offer)
        problems = [problem for problem in rules.problems_of(offer) if wizard.step_of(problem.field).key not in left]
        facts = offer_sections.facts_by_step(offer)
        sections = [
            {
                "step": step,
                "url": reverse("area:host_offer_step", args=[offer.pk, step.key]),
                "left": step.key in left,
                "items": facts[step.key],
                "problems": [row.sentence for row in problems if wizard.step_of(row.field).key == step.key],
            }
            for step in wizard.STEPS
        ]
        rule = rule_words.rule_box(offer.kind, rules.rule_for(offer))
        total = len(wizard.STEPS) + 1
        context = {
            "offer": offer,
            "sections": sections,
            "left_count": len(left),
            "continue_url": reverse("area:host_offer_step", args=[offer.pk, left[0]]) if left else "",
            "has_problems": bool(problems),
            "can_send": not left and not problems,
            "can_delete": offer.submitted_at is None,
            "rule": rule,
            "percent": round(100 * (total - 1 - len(left)) / total),
            "total": total,
            "card": presentation.offer_card(offer, reverse("area:host_offer_edit", args=[offer.pk])),
            # Until they are asked for, place and dates are only suggestions.
            "card_meta": [] if left else presentation.offer_meta(offer),
        }
        return area_page(request, "offer_summary", context)
