"""Screens of the redazione for what belongs to a call, below /admin/bandi/."""

from django.urls import path

from .views import interests_admin, outcomes_admin

urlpatterns = [
    path("<int:pk>/esiti/", outcomes_admin.outcomes, name="call_outcomes_admin"),
    path("<int:pk>/esiti/nuovo/", outcomes_admin.outcome_add, name="call_outcome_add"),
    path("esiti/<int:pk>/", outcomes_admin.outcome_edit, name="call_outcome_edit"),
    path("esiti/<int:pk>/cancella/", outcomes_admin.outcome_delete, name="call_outcome_delete"),
    path("<int:pk>/esiti/pubblica/", outcomes_admin.outcomes_publish, name="call_outcomes_publish"),
    path("<int:pk>/esiti/importa/", outcomes_admin.outcomes_import, name="call_outcomes_import"),
    path("<int:pk>/esiti/esporta/", outcomes_admin.outcomes_export, name="call_outcomes_export"),
    path("interessi/", interests_admin.interests, name="call_interests_admin"),
    path("interessi/<int:pk>/", interests_admin.interest, name="call_interest_admin"),
    path("interessi/<int:pk>/accogli/", interests_admin.accept, name="call_interest_accept"),
    path("interessi/<int:pk>/rifiuta/", interests_admin.refuse, name="call_interest_refuse"),
]
