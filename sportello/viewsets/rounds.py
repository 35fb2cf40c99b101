"""The desk's rounds."""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import HeaderButton

from portal.pages.words import moment_words

from .. import presentation_rounds
from ..actions.round_runs import unsent
from ..actions.rounds import bands_are_over, lists_are_over
from ..enums import Actor
from ..enums_rounds import BANDED_STATES, TOLD_STATES, RoundState
from ..models import MatchRound
from ..permissions import supervises
from ..transitions import find
from ..transitions_rounds import ROUND
from ..views import rounds_desk_actions as acts
from ..views import rounds_desk_people as people
from ..views import rounds_desk_results as results
from ..views import rounds_desk_runs as runs
from ..views import rounds_desk_setup as setup
from ..views.desk import DeskIndexView, DeskInspectView
from .columns import Column
from .common import DeskViewSet, action_link, title_column

R = RoundState

# State it leads to -> the button's words, its address, whether it is grave.
_STEPS: dict[str, tuple[str | Promise, str, bool]] = {
    R.OPEN: (gettext_lazy("Apri le liste"), "open", False),
    R.BANDS: (gettext_lazy("Chiudi le liste"), "close_lists", False),
    R.READY: (gettext_lazy("Chiudi le fasce"), "ready", False),
    R.RUN: (gettext_lazy("Esegui la tornata"), "run", False),
    R.PUBLISHED: (gettext_lazy("Pubblica il risultato"), "publish", False),
    R.CLOSED: (gettext_lazy("Chiudi la tornata"), "close", True),
    R.CANCELLED: (gettext_lazy("Annulla la tornata"), "cancel", True),
}


class RoundIndexView(DeskIndexView):
    def get_header_buttons(self):
        url = reverse("sportello_round:new")
        return [HeaderButton(label=_("Nuova tornata"), url=url, icon_name="plus")]

    @property
    def header_buttons(self):
        return self.get_header_buttons()


class RoundInspectView(DeskInspectView):
    template_name = "wagtailadmin/sportello/round.html"

    def get_rows(self):
        return super().get_rows().for_desk_page()

    def get_page_subtitle(self):
        return self.object.name

    def facts(self):
        row = self.object
        run = row.run
        return [
            (_("Stato"), row.get_state_display()),
            (_("Motivo"), row.state_reason),
            (_("A chi è rivolta"), row.intro),
            (_("Tornata di prima"), row.previous.name if row.previous else ""),
            (_("Liste"), _("da %(start)s a %(end)s") % self._window()),
            (_("Fasce fino a"), moment_words(row.bands_close_at)),
            (_("Offerte"), row.offers_count),
            (_("Liste salvate"), row.lists_count),
            (_("Raggio"), f"{row.wider_percent} %" if row.wider_percent != 100 else ""),
            (_("Seme del sorteggio, pubblico"), row.seed),
            (
                _("Pesi dei punteggi"),
                f"{row.weights_version} · {row.weights_sha256[:12]}" if row.weights_version else "",
            ),
            (_("Impronta dell'ingresso (SHA-256)"), run.input_sha256 if run else ""),
            (_("Impronta del risultato (SHA-256)"), run.output_sha256 if run else ""),
            (_("Pubblicata"), self._published()),
            (_("Esempio inventato"), _("sì") if row.is_example else ""),
        ]

    def _window(self) -> dict:
        return {"start": moment_words(self.object.lists_open_at), "end": moment_words(self.object.lists_close_at)}

    def _published(self) -> str:
        row = self.object
        return f"{moment_words(row.published_at)}, {row.published_by}" if row.published_at else ""

    def actions(self):
        row = self.object
        found = []
        for target, (label, name, danger) in _STEPS.items():
            step = find(ROUND, row.state, target)
            if step is None or Actor.DESK not in step.actors:
                continue
            if row.state == R.RUN and target == R.READY:
                label, name, danger = _("Riapri prima di pubblicare"), "reopen", True
            if not self._in_time(name):
                continue
            if "supervisor" in step.guards and not supervises(self.request.user, row.desk_id):
                continue
            found.append(action_link(str(label), f"sportello_round:{name}", row, danger=danger))
        if row.state == R.PUBLISHED and unsent(row):
            found.insert(0, action_link(_("Proponi i posti"), "sportello_round:send", row))
        if row.state in TOLD_STATES and not hasattr(row, "following"):
            found.append(action_link(_("Prepara la seconda tornata"), "sportello_round:following", row, danger=True))
        return found

    def _in_time(self, name: str) -> bool:
        """Whether a step would not be refused because others still have time."""
        if name == "close_lists":
            return lists_are_over(self.object)
        return name != "ready" or bands_are_over(self.object)

    def _next(self) -> str:
        row = self.object
        until = {"lists": moment_words(row.lists_close_at), "bands": moment_words(row.bands_close_at)}
        words = {
            R.DRAFT: _("Controlla le offerte e le date, poi apri le liste."),
            R.OPEN: _("Il tempo per le liste è finito: si chiudono da sole tra poco, oppure chiudile tu.")
            if lists_are_over(row)
            else _("I giovani fanno le liste fino a %(lists)s; poi si chiudono da sole.") % until,
            R.BANDS: _("Il tempo per le fasce è finito: si chiudono da sole tra poco, oppure chiudile tu.")
            if row.bands_close_at <= timezone.now()
            else _("Le realtà guardano le loro fasce fino a %(bands)s. Puoi farlo tu al posto loro.") % until,
            R.READY: _("Fai una prova, controlla le coppie, poi esegui."),
            R.RUN: _("Guarda le cifre e il confronto con le prove. La pubblica chi supervisiona lo Sportello."),
            R.PUBLISHED: _("Proponi i posti, poi segui le risposte tra le candidature."),
        }
        return words.get(row.state, "")

    def _links(self) -> list[dict]:
        row = self.object
        pages_of = [
            ("offers", pgettext("round", "Offerte"), True),
            ("deadlines", _("Date"), row.state in (R.DRAFT, R.OPEN, R.BANDS)),
            ("people", _("Chi ha fatto la lista"), row.state != R.DRAFT),
            ("bands", pgettext("round", "Fasce"), row.state in BANDED_STATES),
            ("pairs", pgettext("round", "Coppie"), row.state != R.DRAFT),
            ("runs", _("Prove ed esecuzioni"), row.state != R.DRAFT),
            ("results", _("Risultati"), row.state in TOLD_STATES),
            ("fairness", _("Chi è stato abbinato, e chi no"), row.state in TOLD_STATES),
        ]
        return [
            {"label": label, "url": reverse(f"sportello_round:{name}", args=[row.pk])}
            for name, label, shown in pages_of
            if shown
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "timeline": presentation_rounds.timeline(self.object),
            "links": self._links(),
            "next": self._next(),
            "run": self.object.run,
        }


class RoundViewSet(DeskViewSet):
    model = MatchRound
    name = "sportello_round"
    url_prefix = "sportello/tornate"
    icon = "order"
    menu_label = gettext_lazy("Tornate")
    index_view_class = RoundIndexView
    inspect_view_class = RoundInspectView
    inspect_template_name = "wagtailadmin/sportello/round.html"
    list_filter = ["state"]
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        title_column(gettext_lazy("Tornata"), "name", "sportello_round:inspect"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        Column("offers_count", label=gettext_lazy("Offerte"), accessor="offers_count"),
        Column("lists_count", label=gettext_lazy("Liste salvate"), accessor="lists_count"),
        Column(
            "lists_close_at",
            label=gettext_lazy("Liste fino a"),
            accessor=lambda match_round: moment_words(match_round.lists_close_at),
        ),
    ]
    action_views = {
        "open": acts.OpenView,
        "close_lists": acts.CloseListsView,
        "ready": acts.ReadyView,
        "run": acts.RunActionView,
        "reopen": acts.ReopenView,
        "publish": acts.PublishView,
        "send": acts.SendView,
        "close": acts.CloseView,
        "cancel": acts.CancelView,
    }

    def get_urlpatterns(self):
        return [
            path("nuova/", setup.NewView.as_view(), name="new"),
            path("<int:pk>/offerte/", setup.OffersView.as_view(), name="offers"),
            path("<int:pk>/date/", setup.DeadlinesView.as_view(), name="deadlines"),
            path("<int:pk>/liste/", people.PeopleView.as_view(), name="people"),
            path("<int:pk>/fasce/", people.BandsView.as_view(), name="bands"),
            path("fasce/<int:pk>/", people.OfferBandsView.as_view(), name="offer_bands"),
            path("<int:pk>/coppie/", people.PairsView.as_view(), name="pairs"),
            path("coppie/<int:pk>/togli/", people.PairRemoveView.as_view(), name="pair_remove"),
            path("<int:pk>/esecuzioni/", runs.RunsView.as_view(), name="runs"),
            path("<int:pk>/esecuzioni/<int:number>/", runs.RunView.as_view(), name="run_detail"),
            path("<int:pk>/ingresso-<int:number>.json", runs.RunFileView.as_view(), {"what": "ingresso"}, "run_input"),
            path("<int:pk>/uscita-<int:number>.json", runs.RunFileView.as_view(), {"what": "uscita"}, "run_output"),
            path("<int:pk>/confronto/", runs.CompareView.as_view(), name="compare"),
            path("<int:pk>/risultati/", results.ResultsView.as_view(), name="results"),
            path("<int:pk>/equita/", results.FairnessView.as_view(), name="fairness"),
            path("<int:pk>/equita.csv", results.FairnessFileView.as_view(), name="fairness_file"),
            path("<int:pk>/seconda/", setup.FollowingView.as_view(), name="following"),
            *super().get_urlpatterns(),
        ]
