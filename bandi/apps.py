from django.apps import AppConfig


class BandiConfig(AppConfig):
    name = "bandi"
    verbose_name = "Bandi"
