"""How the Sportello shows in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .desk.access import may
from .desk.panel import DeskPanel
from .desk_policy import DeskPermissionPolicy
from .models import Application, Host, MatchRound, Offer, YouthProfile
from .permissions import desks_of
from .viewsets import SportelloViewSetGroup

# Before anything asks for a policy: otherwise Wagtail makes its own from the models' permissions.
for _model in (Application, Host, Offer, YouthProfile):
    register_permission_policy(_model, DeskPermissionPolicy(_model))

register_permission_policy(MatchRound, DeskPermissionPolicy(MatchRound))

LOG_ACTIONS = {
    "host_registered": (_("Registra una realtà"), _("Realtà registrata")),
    "host_verified": (_("Verifica una realtà"), _("Realtà verificata")),
    "host_suspended": (_("Sospendi una realtà"), _("Realtà sospesa")),
    "desk_opened": (_("Apri uno sportello"), _("Sportello aperto")),
    "desk_changed": (_("Cambia i dati di uno sportello"), _("Dati dello sportello cambiati")),
    "desk_member_joined": (_("Aggiungi una persona allo sportello"), _("Una persona lavora allo sportello")),
    "desk_member_left": (_("Togli una persona dallo sportello"), _("Una persona non lavora più allo sportello")),
    "guardian_invited_by_desk": (_("Invita chi risponde per un minore"), _("Invito mandato per conto del minore")),
    "consent_text_written": (_("Scrivi un testo di consenso"), _("Testo di consenso scritto")),
    "rule_added": (_("Scrivi una regola"), _("Regola scritta")),
    "rule_withdrawn": (_("Togli una regola"), _("Regola tolta prima che valesse")),
    "host_signed": (_("Firma il patto"), _("Patto di corresponsabilità firmato")),
    "host_pact_lapsed": (_("Fai scadere la firma del patto"), _("Firma del patto non rinnovata in tempo")),
    "host_changed": (_("Cambia i dati di una realtà"), _("Dati della realtà cambiati")),
    "host_code_changed": (_("Cambia il codice di una realtà"), _("Partita IVA o codice fiscale cambiati")),
    "host_member_invited": (_("Invita una persona"), _("Una persona è stata invitata")),
    "host_invitation_cancelled": (_("Annulla un invito"), _("Un invito è stato annullato")),
    "host_member_joined": (_("Accetta un invito"), _("Una persona agisce per la realtà")),
    "host_member_changed": (_("Cambia il ruolo di una persona"), _("Una persona ha un altro ruolo")),
    "host_member_left": (_("Togli una persona"), _("Una persona non agisce più per la realtà")),
    "offer_created": (_("Scrivi un'offerta"), _("Offerta scritta")),
    "offer_changed": (_("Cambia un'offerta"), _("Offerta cambiata")),
    "offer_submitted": (_("Invia un'offerta allo Sportello"), _("Offerta inviata allo Sportello")),
    "offer_published": (_("Pubblica un'offerta"), _("Offerta pubblicata")),
    "offer_returned": (_("Rimanda indietro un'offerta"), _("Offerta rimandata indietro")),
    "offer_paused": (_("Metti in pausa un'offerta"), _("Offerta messa in pausa")),
    "offer_resumed": (_("Riapri un'offerta"), _("Offerta riaperta")),
    "offer_full": (_("Chiudi i posti"), _("Posti esauriti")),
    "offer_refused": (_("Rifiuta un'offerta"), _("Offerta rifiutata")),
    "offer_suspended": (_("Sospendi un'offerta"), _("Offerta sospesa")),
    "offer_reinstated": (_("Riammetti un'offerta"), _("Offerta riammessa")),
    "offer_closed": (_("Chiudi un'offerta"), _("Offerta chiusa")),
    "offer_confirmed": (_("Riconferma un'offerta"), _("Offerta riconfermata")),
    "offer_stale": (_("Togli un'offerta non riconfermata"), _("Offerta non riconfermata: fuori dall'elenco")),
    "offer_seats_changed": (_("Cambia i posti"), _("Posti cambiati")),
    "offer_duplicated": (_("Duplica un'offerta"), _("Offerta duplicata")),
    "offer_proposed": (_("Proponi un'offerta"), _("Offerta proposta a una persona")),
    "report_closed": (_("Chiudi una segnalazione"), _("Segnalazione chiusa")),
    "offer_seats_again": (_("Riapri i posti"), _("Di nuovo posti liberi")),
    "application_reminded": (_("Sollecita la realtà"), _("Realtà sollecitata dallo Sportello")),
    "offer_reminded": (_("Chiedi di riconfermare"), _("Riconferma chiesta dallo Sportello")),
}


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """What `actions.common.write_log` writes, with the words of the history page."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(f"sportello.{name}", label, message)


@hooks.register("register_admin_viewset")
def register_viewset():
    """The desk's room in the admin."""
    return SportelloViewSetGroup()


@hooks.register("construct_homepage_panels")
def add_desk_panel(request, panels):
    """What waits at the desk, for who works there: their day begins here."""
    desk_ids = desks_of(request.user)
    if may(desk_ids):
        panels.append(DeskPanel(desk_ids))
