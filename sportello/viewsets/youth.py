"""The desk's young people."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn

from portal.pages.words import day_words

from ..desk import export_lists
from ..models import Application, YouthProfile
from ..views.desk import DeskInspectView
from ..week import describe
from .common import DeskViewSet, title_column


def _labels(rows) -> str:
    return ", ".join(row.label for row in rows)


class YouthInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().with_lists()

    def facts(self):
        youth = self.object
        return [
            (_("Nome"), youth.user.get_full_name()),
            (_("E-mail"), youth.user.email),
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

    def get_context_data(self, **kwargs):
        rows = Application.objects.filter(youth=self.object).for_desk_list()
        applications = [
            {
                "title": row.offer.title,
                "state": row.get_state_display(),
                "url": reverse("sportello_application:inspect", args=[row.pk]),
            }
            for row in rows
        ]
        return super().get_context_data(**kwargs) | {"applications": applications}


class YouthViewSet(DeskViewSet):
    model = YouthProfile
    name = "sportello_youth"
    url_prefix = "sportello/giovani"
    icon = "user"
    menu_label = gettext_lazy("Giovani")
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
