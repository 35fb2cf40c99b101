from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "portal.media"
    verbose_name = "Media"
