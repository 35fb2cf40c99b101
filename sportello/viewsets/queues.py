"""One after the other: offers to read and hosts to verify, with what to look at, and «next»."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import rules
from ..actions import hosts, offers
from ..desk import inbox
from ..desk.kinds import WaitingKind
from ..errors import ActionError
from ..forms.desk import ReasonForm
from ..models import Host, Offer
from ..views.desk import DeskInspectView
from ..views.desk_page import DeskPageView
from .hosts import HostInspectView
from .offers import OfferInspectView
from .pages import DeskPagesViewSet


@dataclass(frozen=True, slots=True)
class Check:
    """Something that the portal has looked at by itself."""

    ok: bool
    text: str | Promise


class QueueView(DeskPageView):
    """The one that waits longest, with everything about it; what is decided leads to the next."""

    template_name = "wagtailadmin/sportello/queue.html"
    trail = (("sportello_inbox:index", gettext_lazy("In arrivo")),)
    kind: WaitingKind
    url_name = ""
    empty: str | Promise = ""
    human_checks: tuple[Promise, ...] = ()
    yes_label: str | Promise = ""
    no_label: str | Promise = ""
    refuse_label: str | Promise = ""

    def rows(self):
        """What may be shown here, ready to be read."""
        raise NotImplementedError

    def facts(self, thing) -> list[tuple[str, object]]:
        """Pairs of a label and what to say."""
        raise NotImplementedError

    def checks(self, thing) -> list[Check]:
        """What the portal has looked at by itself."""
        raise NotImplementedError

    def decide(self, thing, what: str, reason: str) -> str:
        """Do what was decided, through its action; return what to say."""
        raise NotImplementedError

    def _waiting(self) -> list[int]:
        """The ids in order of waiting, of which what a colleague takes care of comes last."""
        filters = inbox.Filters(kind=self.kind, user=self.request.user)
        found = [pk for _kind, pk, _since in inbox.waiting(self.scope.ids, filters)]
        taken = set(inbox.taken_by_others(self.kind, found, self.request.user))
        return [pk for pk in found if pk not in taken] + [pk for pk in found if pk in taken]

    def get(self, request, form=None, keep: int | None = None):
        ids = self._waiting()
        # After the one just skipped or decided; it may be gone, then the queue starts from its head.
        after = request.GET.get("dopo", "")
        rest = ids
        if after.isascii() and after.isdigit() and int(after) in ids:
            rest = ids[ids.index(int(after)) + 1 :]
        chosen = keep if keep in ids else next(iter(rest), None)
        thing = self.rows().filter(pk=chosen).first() if chosen else None
        context = self.get_context_data(
            thing=thing,
            form=form or ReasonForm(),
            left=len(ids),
            position=ids.index(chosen) + 1 if chosen in ids else 0,
            facts=[(label, value) for label, value in self.facts(thing) if value not in ("", None)] if thing else [],
            checks=self.checks(thing) if thing else [],
            all_skipped=bool(ids) and thing is None,
        )
        return self.render_to_response(context)

    def post(self, request):
        pk, what = request.POST.get("pk", ""), request.POST.get("cosa", "")
        thing = self.rows().filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) <= 18 else None
        if thing is None or what not in ("yes", "no", "refuse"):
            messages.error(request, _("Nel frattempo è stata sistemata: non aspetta più."))
            return redirect(self.url_name)
        reason = ""
        if what != "yes":
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return self.get(request, form=form, keep=thing.pk)
            reason = form.cleaned_data["reason"]
        try:
            messages.success(request, self.decide(thing, what, reason))
        except (ActionError, ValidationError) as error:
            words = str(error) if isinstance(error, ActionError) else " ".join(error.messages)
            if reason:
                form.add_error(None, words)
                return self.get(request, form=form, keep=thing.pk)
            messages.error(request, f"{thing}: {words}")
            return redirect(f"{reverse(self.url_name)}?dopo={thing.pk}")
        return redirect(self.url_name)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "queue_url": reverse(self.url_name),
            "human_checks": self.human_checks,
            "yes_label": self.yes_label,
            "no_label": self.no_label,
            "refuse_label": self.refuse_label,
            "empty": self.empty,
        }


def _facts_of(view_class: type[DeskInspectView], thing) -> list[tuple[str, object]]:
    """What the page of a row says of it."""
    view = view_class()
    view.object = thing
    return view.facts()


class ModerationView(QueueView):
    kind = WaitingKind.MODERATE
    url_name = "sportello_queues:offers"
    page_title = gettext_lazy("Offerte da controllare")
    header_icon = "clipboard-list"
    empty = gettext_lazy("Nessuna offerta da controllare.")
    yes_label = gettext_lazy("Pubblica e vai alla prossima")
    no_label = gettext_lazy("Rimanda indietro e vai alla prossima")
    refuse_label = gettext_lazy("Rifiuta: non si può pubblicare")
    human_checks = (
        gettext_lazy("Si capisce che cosa si fa e che cosa si impara?"),
        gettext_lazy("È un'esperienza in cui si impara, e non lavoro pagato poco?"),
        gettext_lazy("C'è una persona che accompagna, tutti i giorni?"),
        gettext_lazy("L'età minima va bene con i rischi?"),
        gettext_lazy("Non chiede aspetto, origine, famiglia, genere o altro che non c'entra?"),
        gettext_lazy("Le parole sono rispettose e si leggono bene a 16 anni?"),
    )

    def rows(self):
        rows = Offer.objects.of_desks(self.allowed).for_detail()
        return rows.select_related("moderated_by", "host__organisation", "municipality")

    def facts(self, thing):
        return _facts_of(OfferInspectView, thing)

    def checks(self, thing: Offer) -> list[Check]:
        problems = rules.problems_of(thing)
        kept = [Check(True, _("Rispetta le regole di questo tipo di esperienza."))]
        return [
            Check(
                thing.host.may_publish,
                _("La realtà può pubblicare: %(state)s.") % {"state": thing.host.get_state_display()},
            ),
            *([Check(False, problem.sentence) for problem in problems] or kept),
            Check(bool(thing.learning.strip()), _("Dice che cosa si impara.")),
            Check(thing.minimum_age >= 18 or not thing.hazards, _("Se ci sono rischi, è per maggiorenni.")),
        ]

    def decide(self, thing, what, reason):
        if what == "yes":
            offers.publish_offer(thing, self.request.user)
            return _("«%(offer)s» è sul portale.") % {"offer": thing.title}
        if what == "no":
            offers.return_offer(thing, self.request.user, reason)
            return _("«%(offer)s» è tornata a chi l'ha scritta.") % {"offer": thing.title}
        offers.refuse_offer(thing, self.request.user, reason)
        return _("«%(offer)s» è stata rifiutata.") % {"offer": thing.title}


class VerificationView(QueueView):
    kind = WaitingKind.VERIFY
    url_name = "sportello_queues:hosts"
    page_title = gettext_lazy("Realtà da verificare")
    header_icon = "home"
    empty = gettext_lazy("Nessuna realtà da verificare.")
    yes_label = gettext_lazy("È verificata, vai alla prossima")
    no_label = gettext_lazy("Sospendi e vai alla prossima")
    human_checks = (
        gettext_lazy("Nome e numero corrispondono, in un registro pubblico?"),
        gettext_lazy("La sede è nel comune indicato?"),
        gettext_lazy("Il sito parla della stessa realtà?"),
        gettext_lazy("La persona di riferimento lavora lì? Chiama un numero trovato da te."),
        gettext_lazy("Chi si è registrato può agire per la realtà?"),
        gettext_lazy("I dipendenti dichiarati sono plausibili?"),
    )

    def rows(self):
        rows = Host.objects.of_desks(self.allowed)
        return rows.select_related("organisation__municipality", "verified_by", "desk", "pact_signature__version")

    def facts(self, thing):
        return _facts_of(HostInspectView, thing)

    def checks(self, thing: Host) -> list[Check]:
        organisation = thing.organisation
        owners = [row.user.email for row in thing.memberships.active().select_related("user").order_by("pk")]
        site = organisation.url.split("//")[-1].split("/")[0].removeprefix("www.")
        same = bool(site) and any(email.endswith(f"@{site}") for email in owners)
        twin = Host.objects.filter(organisation__name__iexact=organisation.name).exclude(pk=thing.pk).exists()
        return [
            Check(True, _("Il numero ha la forma giusta e non è già registrato.")),
            Check(bool(organisation.url), _("Ha indicato un sito.")),
            Check(same, _("Chi si è registrato scrive dal dominio del sito.")),
            Check(not twin, _("Nessun'altra realtà ha lo stesso nome.")),
            Check(bool(thing.phone), _("Ha lasciato un telefono.")),
            Check(thing.permanent_staff is not None, _("Ha detto quanti dipendenti ha.")),
        ]

    def decide(self, thing, what, reason):
        if what == "yes":
            hosts.verify_host(thing, self.request.user)
            return _("«%(host)s» è verificata.") % {"host": thing}
        hosts.suspend_host(thing, self.request.user, reason)
        return _("«%(host)s» è sospesa.") % {"host": thing}


class QueuesViewSet(DeskPagesViewSet):
    name = "sportello_queues"
    url_prefix = "sportello/da-controllare"
    icon = "check"
    menu_label = gettext_lazy("Da controllare")

    def get_urlpatterns(self):
        return [
            path("offerte/", ModerationView.as_view(), name="offers"),
            path("realta/", VerificationView.as_view(), name="hosts"),
        ]
