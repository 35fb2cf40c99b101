from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "portal.users"
    verbose_name = "Utenti"
