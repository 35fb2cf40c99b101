"""The desk's young people."""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.pages.words import day_words

from ..actions import proposals
from ..actions.support_notes import may_note
from ..consents import is_minor
from ..cv import current as current_cv
from ..desk import export_lists, sections
from ..models import Proposal, YouthProfile
from ..permissions import desks_of
from ..views.desk import DeskActionView, DeskInspectView
from ..views.desk_apply import ApplyForThemView
from ..views.desk_person import BirthDateView, InviteGuardianView, OpenCvView
from ..week import describe
from .columns import Column, DateColumn
from .common import DeskViewSet, action_link, title_column


def _labels(rows) -> str:
    return ", ".join(row.label for row in rows)


class YouthInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().with_lists()

    def facts(self):
        youth = self.object
        return [
            (_("Nome"), str(youth.user) if youth.user.is_forgotten else youth.user.get_full_name()),
            (_("E-mail"), "" if youth.user.is_forgotten else youth.user.email),
            (_("Telefono"), youth.phone),
            (_("Data di nascita"), day_words(youth.birth_date, weekday=False)),
            (_("Comune in cui vive"), youth.home),
            (_("Che cosa fa"), youth.get_status_display() if youth.status else ""),
            (_("Percorso di studi"), youth.get_study_path_display() if youth.study_path else ""),
            (_("Studi in due parole"), youth.study_note),
            (_("Interessi"), _labels(youth.interests.all())),
            (_("Competenze e lingue"), _labels(youth.skills.all())),
            (_("Vuole imparare"), _labels(youth.goals.all())),
            (_("Quando può"), "; ".join(describe(youth.availability))),
            (_("Fin dove"), f"{youth.max_distance_km} km" if youth.max_distance_km else ""),
            (_("Come si sposta"), ", ".join(youth.travel_means_labels)),
            (_("Manca ancora"), ", ".join(str(item.label) for item in youth.missing)),
        ]

    def actions(self):
        actions = [
            action_link(_("Offerte adatte"), "sportello_match:youth", self.object),
            action_link(_("Candida per suo conto"), "sportello_youth:apply", self.object),
        ]
        if may_note(self.object, self.request.user):
            actions.append(action_link(_("Note di sostegno"), "sportello_notes:person", self.object))
            if current_cv(self.object) is not None:
                actions.append(action_link(_("Apri il curriculum"), "sportello_youth:cv", self.object))
        if is_minor(self.object, timezone.localdate()):
            actions.append(action_link(_("Invita chi risponde"), "sportello_youth:guardian", self.object))
        actions.append(action_link(_("Correggi la data di nascita"), "sportello_youth:birth_date", self.object))
        return actions

    def sections(self):
        youth = self.object
        return [
            sections.applications_of_person(youth, desks_of(self.request.user)),
            sections.proposals_of_person(youth),
            sections.placements_of_person(youth),
            sections.consents_of_person(youth),
            sections.guardians_of_person(youth),
            sections.corrections_of_person(youth),
        ]


class TakeBackProposalView(DeskActionView):
    """Think again about a proposal that nobody has answered yet; the words around it speak of its offer."""

    model = Proposal
    page_title = gettext_lazy("Ritira la proposta")
    text = gettext_lazy("Chi l'ha ricevuta non la vede più nella sua area. Nessuno riceve un'e-mail.")
    submit_label = gettext_lazy("Ritira la proposta")
    done_message = gettext_lazy("Proposta ritirata.")
    verb = staticmethod(proposals.take_back)

    def get_page_subtitle(self):
        return self.object.offer.title

    def get_breadcrumbs_items(self):
        *before, _number, here = super().get_breadcrumbs_items()
        return [*before, {"url": self._back(), "label": str(self.object.youth)}, here]

    def _back(self):
        return reverse("sportello_youth:inspect", args=[self.object.youth_id])


class YouthViewSet(DeskViewSet):
    model = YouthProfile
    name = "sportello_youth"
    url_prefix = "sportello/giovani"
    icon = "user"
    menu_label = gettext_lazy("Giovani")
    empty_text = gettext_lazy("Chi si registra e abita nel territorio dello Sportello compare qui da solo.")
    inspect_view_class = YouthInspectView
    search_fields = ["user__last_name", "user__first_name", "user__email"]
    search_backend_name = None
    export_list = export_lists.YOUTH
    list_display = [
        title_column(gettext_lazy("Giovane"), None, "sportello_youth:inspect"),
        Column("home", label=gettext_lazy("Dove vive"), accessor="home"),
        Column("open_count", label=gettext_lazy("Candidature aperte"), accessor="open_count"),
        DateColumn("created_at", label=gettext_lazy("Dal")),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/candida/", ApplyForThemView.as_view(), name="apply"),
            path("<int:pk>/tutore/", InviteGuardianView.as_view(), name="guardian"),
            path("<int:pk>/data-di-nascita/", BirthDateView.as_view(), name="birth_date"),
            path("<int:pk>/curriculum/", OpenCvView.as_view(), name="cv"),
            path("proposte/<int:pk>/ritira/", TakeBackProposalView.as_view(header_icon=self.icon), name="take_back"),
        ]
