from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OpsConfig(AppConfig):
    name = "portal.ops"
    verbose_name = "Esercizio"

    def ready(self) -> None:
        from .freshness import notice_writes

        connection_created.connect(notice_writes, dispatch_uid="content_version")
