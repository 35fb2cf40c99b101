"""Reserved pages of the Sportello: `/area/`. The list of the portal that these are part of is never cached."""

from django.urls import path

from ..views import area, host, host_applications, host_offers, youth, youth_applications

app_name = "area"

urlpatterns = [
    path("", area.home, name="home"),
    path("giovane/profilo/", youth.ProfileView.as_view(), name="youth_profile"),
    path("giovane/offerte/", youth.offers, name="youth_offers"),
    path("giovane/offerte/<int:pk>/candidatura/", youth_applications.ApplyView.as_view(), name="youth_apply"),
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
    path("azienda/", host.inbox, name="host_inbox"),
    path("azienda/registrazione/", host.RegisterView.as_view(), name="host_register"),
    path("azienda/offerte/", host_offers.offers, name="host_offers"),
    path("azienda/offerte/nuova/", host_offers.OfferCreateView.as_view(), name="host_offer_new"),
    path("azienda/offerte/<int:pk>/", host_offers.offer, name="host_offer"),
    path("azienda/offerte/<int:pk>/modifica/", host_offers.OfferEditView.as_view(), name="host_offer_edit"),
    path("azienda/offerte/<int:pk>/invia/", host_offers.SubmitView.as_view(), name="host_offer_submit"),
    path("azienda/offerte/<int:pk>/pausa/", host_offers.PauseView.as_view(), name="host_offer_pause"),
    path("azienda/offerte/<int:pk>/riapri/", host_offers.ResumeView.as_view(), name="host_offer_resume"),
    path("azienda/candidature/<int:pk>/", host_applications.application, name="host_application"),
    path("azienda/candidature/<int:pk>/letta/", host_applications.mark_read, name="host_application_read"),
    path(
        "azienda/candidature/<int:pk>/conosci/",
        host_applications.ShortlistView.as_view(),
        name="host_application_shortlist",
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
]
