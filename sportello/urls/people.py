"""Addresses of young people's guardians, of their consents and of their own data; part of `/area/`."""

from django.urls import path

from ..views import guardian, guardians, own_data, profile

people_patterns = [
    path("dati/", own_data.own_data, name="own_data"),
    path("dati/scarica/", own_data.download, name="own_data_download"),
    path("dati/cancella/", own_data.delete, name="own_data_delete"),
    path("dati/ripensaci/", own_data.undo, name="own_data_undo"),
    path("dati/e-mail/", own_data.preferences, name="own_data_preferences"),
    path("giovane/profilo/", profile.ProfileView.as_view(), name="youth_profile"),
    path("giovane/profilo/curriculum/", profile.CvView.as_view(), name="youth_cv"),
    path("giovane/profilo/curriculum/<int:pk>/togli/", profile.RemoveCvView.as_view(), name="youth_cv_remove"),
    path("giovane/profilo/<slug:slug>/", profile.ProfileStepView.as_view(), name="youth_profile_step"),
    path("curriculum/<int:pk>/", profile.open_cv, name="cv"),
    path("giovane/tutori/", guardians.guardians, name="youth_guardians"),
    path("giovane/tutori/<int:pk>/rinvia/", guardians.ResendView.as_view(), name="youth_guardian_resend"),
    path("giovane/tutori/<int:pk>/togli/", guardians.CancelView.as_view(), name="youth_guardian_cancel"),
    path("tutore/", guardian.home, name="guardian_home"),
    path("tutore/invito/<str:key>/", guardian.invitation, name="guardian_invitation"),
    path("tutore/<int:pk>/", guardian.youth, name="guardian_youth"),
    path("tutore/<int:pk>/non-rispondo-piu/", guardian.StepBackView.as_view(), name="guardian_step_back"),
    path("tutore/<int:pk>/consensi/<slug:purpose>/", guardian.consent, name="guardian_consent"),
    path("tutore/<int:pk>/consensi/<slug:purpose>/revoca/", guardian.RevokeView.as_view(), name="guardian_revoke"),
    path("tutore/candidature/<int:pk>/", guardian.application, name="guardian_application"),
    path(
        "tutore/candidature/<int:pk>/revoca/",
        guardian.RevokeExperienceView.as_view(),
        name="guardian_revoke_experience",
    ),
]
