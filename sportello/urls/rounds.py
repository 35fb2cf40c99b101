"""The rounds' pages in the reserved area: part of `urls.area`."""

from django.urls import path

from ..views import rounds_host, rounds_youth

urlpatterns = [
    path("giovane/tornate/", rounds_youth.index, name="youth_rounds"),
    path("giovane/tornate/<int:pk>/", rounds_youth.page, name="youth_round"),
    path("giovane/tornate/<int:pk>/ingresso.json", rounds_youth.download, name="youth_round_file"),
    path("azienda/tornate/", rounds_host.index, name="host_rounds"),
    path("azienda/tornate/<int:pk>/", rounds_host.bands, name="host_round"),
]
