"""An offer as its host looks at it before sending: the facts of each step of the wizard, empty ones said as such."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import presentation
from .models import Offer
from .week import describe


def facts_by_step(offer: Offer) -> dict[str, list[dict]]:
    """Items of `components/facts.html` for each step; the offer comes from `for_detail()`."""
    ages = _("da %(least)s anni") % {"least": offer.minimum_age}
    if offer.maximum_age:
        ages = _("da %(least)s a %(most)s anni") % {"least": offer.minimum_age, "most": offer.maximum_age}
    return {
        "che-cosa": [
            {"label": _("Tipo di esperienza"), "value": offer.get_kind_display()},
            {"label": _("Titolo"), "value": offer.title},
            {"label": _("In una frase"), "value": offer.summary},
            {"label": _("Settore"), "value": offer.sector.label},
        ],
        "attivita": [
            {"label": _("Che cosa si fa, in concreto?"), "value": offer.tasks},
            {"label": _("Che cosa si impara?"), "value": offer.learning or _("non indicato")},
            _list(_("Competenze che si imparano"), [skill.label for skill in offer.goals.all()]),
        ],
        "quando": [
            {"label": _("Periodo"), "value": presentation.offer_days(offer)},
            _list(_("In quali momenti della settimana?"), describe(offer.schedule)),
            {"label": _("Ore alla settimana"), "value": str(offer.weekly_hours)},
        ],
        "dove": [
            {
                "label": _("Dove"),
                "value": ", ".join(part for part in (offer.address, presentation.place(offer)) if part),
            }
        ],
        "per-chi": [
            {"label": _("Età"), "value": ages},
            {"label": _("Rischi particolari"), "value": offer.hazards or pgettext("hazards", "nessuno")},
            _list(_("Competenze e lingue utili"), [skill.label for skill in offer.skills.all()]),
            _list(_("Percorsi di studio adatti"), offer.study_paths_labels),
            {"label": _("Chi accompagna"), "value": offer.tutor_name},
        ],
        "posti": [
            {"label": _("Posti"), "value": str(offer.seats_count)},
            {
                "label": _("Indennità"),
                "value": _("%(euro)s € al mese") % {"euro": offer.indemnity} if offer.indemnity else _("non prevista"),
            },
        ],
    }


def _list(label: str, lines: list[str]) -> dict:
    return {"label": label, "entries": [{"title": line} for line in lines]}
