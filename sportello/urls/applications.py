"""Meetings and messages of applications: part of `/area/`."""

from django.urls import path

from ..views import conversations, interviews

urlpatterns = [
    path(
        "giovane/candidature/<int:pk>/messaggi/", conversations.YouthView.as_view(), name="youth_application_messages"
    ),
    path("giovane/incontri/<int:pk>/scegli/", interviews.PickView.as_view(), name="youth_interview_pick"),
    path("giovane/incontri/<int:pk>/annulla/", interviews.YouthCallOffView.as_view(), name="youth_interview_cancel"),
    path("giovane/incontri/<int:pk>/calendario/", interviews.youth_calendar, name="youth_interview_calendar"),
    path("azienda/candidature/<int:pk>/messaggi/", conversations.HostView.as_view(), name="host_application_messages"),
    path(
        "azienda/candidature/<int:pk>/incontri/", interviews.ProposeView.as_view(), name="host_application_interviews"
    ),
    path("azienda/incontri/<int:pk>/annulla/", interviews.HostCallOffView.as_view(), name="host_interview_cancel"),
    path("azienda/incontri/<int:pk>/calendario/", interviews.host_calendar, name="host_interview_calendar"),
]
