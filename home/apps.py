from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Piazza"

    def ready(self) -> None:
        """Tell the reviewers of a territory by e-mail what waits for them."""
        from . import review_letters

        review_letters.connect()
