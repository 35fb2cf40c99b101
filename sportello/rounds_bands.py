"""The people of one offer of a round, as hosts and the desk read them: facts and reasons first, the name later."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sportello.matching import score_pair

from . import presentation, rounds, scoring
from .enums import StudyPath, YouthStatus
from .enums_rounds import BAND_LABELS
from .forms.rounds import BandsForm
from .models import RoundBand, RoundOffer, Skill
from .week import describe


@dataclass(frozen=True, slots=True)
class Line:
    """One person for one offer."""

    band: RoundBand
    label: str
    score: int
    factors: list[dict]
    facts: list[dict]

    @property
    def motivation(self) -> str:
        """What the person wrote for who reads the list."""
        return self.band.person.motivation


def label_of(band: RoundBand) -> str:
    """How a person is called before the result: the same for whoever reads this offer, and nothing else.

    Keyed, so that who has the file of the round cannot find the pseudonym, and with it the whole list, of a label.
    """
    digest = salted_hmac("sportello.rounds_bands", f"{band.round_offer_id}\n{band.person.pseudonym}").hexdigest()
    return _("Persona %(code)s") % {"code": digest[:4].upper()}


def people_of(row: RoundOffer) -> list[Line]:
    """Return who chose an offer, band by band; in a band in an order that means nothing. Four queries."""
    bands = list(
        RoundBand.objects.filter(round_offer=row)
        .select_related("person__youth__user", "person__youth__home", "person__youth__desk")
        .order_by("pk")
    )
    offer = rounds.offers_with_facts(row)
    slugs = {slug for band in bands for slug in band.person.shared.get("skills", ())}
    words = {skill.slug: skill.label for skill in Skill.objects.filter(slug__in=slugs)}
    lines = []
    for band in bands:
        facts = rounds.person_facts(band.person.youth, row.round, band.person.motivation)
        pair = score_pair(facts, offer, rounds.weights_of(row.round))
        lines.append(
            Line(
                band,
                label_of(band),
                pair.host.value,
                [scoring.factor_line(factor, "staff") for factor in pair.host.factors],
                _facts(band.person.shared, words),
            )
        )
    return sorted(lines, key=lambda line: (line.band.band or 99, line.label))


def _facts(shared: dict, words: dict[str, str]) -> list[dict]:
    """What the list shares, as a candidature would, but the name."""
    return [
        {"label": _("Comune"), "value": shared.get("home", "")},
        {"label": _("Adesso"), "value": _choice(YouthStatus, shared.get("status"))},
        {"label": _("Percorso di studi"), "value": _choice(StudyPath, shared.get("study_path"))},
        {"label": _("Studi in due parole"), "value": shared.get("study_note", "")},
        {
            "label": _("Competenze e lingue"),
            "value": ", ".join(words[slug] for slug in shared.get("skills", ()) if slug in words),
        },
        {"label": _("Quando può"), "value": "; ".join(describe(shared.get("availability", 0)))},
    ]


def _choice(choices, value) -> str:
    return str(choices(value).label) if value in choices.values else ""


def groups(lines: list[Line], form: BandsForm) -> list[dict]:
    """The lines that can be put into bands, by the band they are in now, each with its two fields."""
    found = []
    for band, title in (*BAND_LABELS.items(), (None, _("Fuori"))):
        rows = []
        for line in lines:
            if line.band.band == band and not line.band.is_obstacle:
                field, reason = form.fields_of(line.band)
                rows.append({"line": line, "field": field, "reason": reason})
        if rows:
            found.append({"title": title, "rows": rows})
    return found


def results(rows) -> list[dict]:
    """Who was given to an offer, with the name, and whether the seat has been proposed. Two queries."""
    from .models import RoundPerson, RoundSending

    rows = list(rows)
    sendings = RoundSending.objects.filter(result__in=rows, application__isnull=False).select_related(
        "application__offer"
    )
    sent = {sending.result_id: sending.application for sending in sendings}
    shared: dict[int, dict] = {}
    if rows:
        people = RoundPerson.objects.filter(round=rows[0].round_id, youth__in=[row.youth_id for row in rows])
        shared = {person.youth_id: person.shared for person in people}
    found = []
    for row in rows:
        application = sent.get(row.pk)
        found.append(
            {
                "name": shared.get(row.youth_id, {}).get("name") or row.youth.user.get_full_name(),
                "home": shared.get(row.youth_id, {}).get("home", ""),
                "application": application,
                "state": presentation.application_state(application) if application else None,
            }
        )
    return found
