from django.apps import AppConfig


class NavigationConfig(AppConfig):
    name = "portal.navigation"
    verbose_name = "Navigazione"
