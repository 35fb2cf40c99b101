"""Sign-up, sign-in and account; what is ours comes before django-allauth's."""

from django.urls import include, path, re_path

from . import views

urlpatterns = [
    path("", views.AccountView.as_view(), name="account_index"),
    path("nuovo-link/", views.ResendConfirmationView.as_view(), name="account_resend_confirmation"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmEmailView.as_view(), name="account_confirm_email"),
    path("sessions/<int:pk>/esci/", views.EndSessionView.as_view(), name="account_session_end"),
    path("", include("allauth.urls")),
]
