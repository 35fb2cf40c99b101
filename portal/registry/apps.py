from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "portal.registry"
    verbose_name = "Anagrafiche"
