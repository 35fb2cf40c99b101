"""The lists that the desk may take out, with their columns: what the list shows, and no more than the page of a row.

Support notes, consents and guardians are in none of them.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .export import List

HOSTS = List(
    "realta",
    _("Realtà ospitanti"),
    (
        (_("Realtà"), lambda host: host.organisation.name),
        (_("Tipo"), lambda host: host.organisation.get_kind_display()),
        (_("Partita IVA o codice fiscale"), lambda host: host.fiscal_code),
        (pgettext_lazy("municipality", "Comune"), lambda host: host.organisation.municipality),
        (_("Stato"), lambda host: host.get_state_display()),
        (_("Persona di riferimento"), lambda host: host.contact_name),
        (_("Telefono"), lambda host: host.phone),
        (_("Registrata il"), lambda host: host.created_at),
        (_("Verificata il"), lambda host: host.verified_at),
    ),
)

OFFERS = List(
    "offerte",
    _("Offerte"),
    (
        (_("Offerta"), lambda offer: offer.title),
        (_("Realtà"), lambda offer: offer.host.organisation.name),
        (_("Tipo"), lambda offer: offer.get_kind_display()),
        (_("Settore"), lambda offer: offer.sector.label),
        (pgettext_lazy("municipality", "Comune"), lambda offer: offer.municipality),
        (_("Stato"), lambda offer: offer.get_state_display()),
        (_("Dal"), lambda offer: offer.start_date),
        (_("Al"), lambda offer: offer.end_date),
        (_("Posti"), lambda offer: offer.seats_count),
        (_("Posti liberi"), lambda offer: offer.seats_free),
        (_("Candidature aperte"), lambda offer: offer.open_count),
        (_("Inviata il"), lambda offer: offer.submitted_at),
        (_("Pubblicata il"), lambda offer: offer.published_at),
    ),
)

APPLICATIONS = List(
    "candidature",
    _("Candidature"),
    (
        (_("Numero"), lambda row: row.pk),
        (_("Giovane"), lambda row: row.youth.user.get_full_name()),
        (_("Offerta"), lambda row: row.offer.title),
        (_("Realtà"), lambda row: row.offer.host.organisation.name),
        (_("Stato"), lambda row: row.get_state_display()),
        (_("Inviata il"), lambda row: row.submitted_at),
        (_("Letta dalla realtà il"), lambda row: row.read_at),
        (_("Ultimo cambiamento"), lambda row: row.updated_at),
    ),
)

YOUTH = List(
    "giovani",
    _("Giovani"),
    (
        (_("Giovane"), lambda youth: youth.user.get_full_name()),
        (_("E-mail"), lambda youth: youth.user.email),
        (_("Telefono"), lambda youth: youth.phone),
        (_("Dove vive"), lambda youth: youth.home),
        (_("Che cosa fa"), lambda youth: youth.get_status_display() if youth.status else ""),
        (_("Candidature aperte"), lambda youth: youth.open_count),
        (_("Dal"), lambda youth: youth.created_at),
    ),
)

INBOX = List(
    "in-arrivo",
    _("In arrivo"),
    (
        (_("Che cosa"), lambda row: row.kind_label),
        (_("Chi o che cosa"), lambda row: row.title),
        (_("Di che si tratta"), lambda row: row.text),
        (_("Aspetta dal"), lambda row: row.since),
        (_("Tocca a"), lambda row: row.on_label),
        (_("Se ne occupa"), lambda row: row.mark.taken_by if row.mark and row.mark.taken_by else ""),
    ),
)

BY_KEY = {item.key: item for item in (HOSTS, OFFERS, APPLICATIONS, YOUTH, INBOX)}
