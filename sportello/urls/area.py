"""Reserved pages of the Sportello: `/area/`. The list of the portal that these are part of is never cached."""

from django.urls import path

from ..views import (
    area,
    host,
    host_applications,
    host_data,
    host_members,
    host_offer_life,
    host_offers,
    host_pact,
    offer_wizard,
    youth,
    youth_applications,
    youth_apply,
    youth_proposals,
)
from . import applications
from .people import people_patterns
from .rounds import urlpatterns as rounds_urls

app_name = "area"

urlpatterns = [
    path("", area.home, name="home"),
    *people_patterns,
    path("giovane/offerte/", youth.offers, name="youth_offers"),
    path("giovane/offerte/<int:pk>/candidatura/", youth_apply.ApplyView.as_view(), name="youth_apply"),
    path("giovane/proposte/", youth_proposals.proposals, name="youth_proposals"),
    path("giovane/proposte/<int:pk>/rifiuta/", youth_proposals.DeclineView.as_view(), name="youth_proposal_decline"),
    path("giovane/candidature/", youth_applications.applications, name="youth_applications"),
    path("giovane/candidature/<int:pk>/", youth_applications.application, name="youth_application"),
    path(
        "giovane/candidature/<int:pk>/accetta/",
        youth_applications.AcceptView.as_view(),
        name="youth_application_accept",
    ),
    path(
        "giovane/candidature/<int:pk>/rifiuta/",
        youth_applications.DeclineView.as_view(),
        name="youth_application_decline",
    ),
    path(
        "giovane/candidature/<int:pk>/ritira/",
        youth_applications.WithdrawView.as_view(),
        name="youth_application_withdraw",
    ),
    path(
        "giovane/candidature/<int:pk>/butta/",
        youth_applications.DiscardView.as_view(),
        name="youth_application_discard",
    ),
    *applications.urlpatterns,
    path("azienda/", host.inbox, name="host_inbox"),
    path("azienda/registrazione/", host.RegisterView.as_view(), name="host_register"),
    path("azienda/offerte/", host_offers.offers, name="host_offers"),
    path("azienda/offerte/nuova/", offer_wizard.StepView.as_view(), name="host_offer_new"),
    path("azienda/offerte/<int:pk>/", host_offers.offer, name="host_offer"),
    path("azienda/offerte/<int:pk>/modifica/", offer_wizard.SummaryView.as_view(), name="host_offer_edit"),
    path("azienda/offerte/<int:pk>/passo/<slug:step>/", offer_wizard.StepView.as_view(), name="host_offer_step"),
    path("azienda/offerte/<int:pk>/invia/", host_offer_life.SubmitView.as_view(), name="host_offer_submit"),
    path("azienda/offerte/<int:pk>/pausa/", host_offer_life.PauseView.as_view(), name="host_offer_pause"),
    path("azienda/offerte/<int:pk>/riapri/", host_offer_life.ResumeView.as_view(), name="host_offer_resume"),
    path("azienda/offerte/<int:pk>/conferma/", host_offer_life.ConfirmOfferView.as_view(), name="host_offer_confirm"),
    path("azienda/offerte/<int:pk>/chiudi/", host_offer_life.CloseOfferView.as_view(), name="host_offer_close"),
    path("azienda/offerte/<int:pk>/posti/", host_offer_life.SeatsView.as_view(), name="host_offer_seats"),
    path("azienda/offerte/<int:pk>/duplica/", host_offer_life.duplicate, name="host_offer_duplicate"),
    path("azienda/offerte/<int:pk>/elimina/", host_offer_life.DeleteDraftView.as_view(), name="host_offer_delete"),
    path("azienda/candidature/<int:pk>/", host_applications.application, name="host_application"),
    path("azienda/candidature/<int:pk>/letta/", host_applications.mark_read, name="host_application_read"),
    path(
        "azienda/candidature/<int:pk>/conosci/",
        host_applications.ShortlistView.as_view(),
        name="host_application_shortlist",
    ),
    path(
        "azienda/candidature/<int:pk>/attesa/",
        host_applications.WaitlistView.as_view(),
        name="host_application_waitlist",
    ),
    path(
        "azienda/candidature/<int:pk>/offri/", host_applications.OfferSeatView.as_view(), name="host_application_offer"
    ),
    path(
        "azienda/candidature/<int:pk>/rifiuta/", host_applications.RejectView.as_view(), name="host_application_reject"
    ),
    path(
        "azienda/candidature/<int:pk>/revoca/",
        host_applications.RescindView.as_view(),
        name="host_application_rescind",
    ),
    path("azienda/realta/", host_data.profile, name="host_profile"),
    path("azienda/realta/modifica/", host_data.HostDataView.as_view(), name="host_edit"),
    path("azienda/patto/", host_pact.pact, name="host_pact"),
    path("azienda/patto/firme/<int:pk>/pdf/", host_pact.pact_pdf, name="host_pact_pdf"),
    path("azienda/persone/", host_members.members, name="host_members"),
    path("azienda/persone/invita/", host_members.invite, name="host_invite"),
    path("azienda/persone/<int:pk>/", host_members.member, name="host_member"),
    path("azienda/persone/<int:pk>/togli/", host_members.EndMembershipView.as_view(), name="host_member_end"),
    path(
        "azienda/inviti/<int:pk>/rimanda/",
        host_members.ResendInvitationView.as_view(),
        name="host_invitation_resend",
    ),
    path(
        "azienda/inviti/<int:pk>/annulla/",
        host_members.CancelInvitationView.as_view(),
        name="host_invitation_cancel",
    ),
    path("azienda/invito/<str:token>/", host_members.invitation, name="host_invitation"),
    path("azienda/scegli/", host_members.choose, name="host_choose"),
]
urlpatterns += rounds_urls
