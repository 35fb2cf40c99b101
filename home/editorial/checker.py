"""Our content checks in the editor: a side panel with the advice, and rules for Wagtail's own checker.

Wagtail's checker runs axe in the preview, as one types, with axe's rules and Wagtail's two functions, which take
patterns of ours; it takes no functions of ours. What needs more (links, sentences, descriptions) is in the panel.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.userbar import ContentCheckerItem

from .checks import ALT_MAX, advice_on


class AdviceSidePanel(BaseSidePanel):
    """«Consigli»: what to look at again in the page as it was last saved."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button, with how many pieces of advice are more than hints."""

        aria_label = _("Apri o chiudi i consigli")
        icon_name = "clipboard-list"

        def get_context_data(self, parent_context):
            return {**super().get_context_data(parent_context), "count": self.panel.stumbles}

    name = "advice"
    title = _("Consigli sul contenuto")
    template_name = "wagtailadmin/home/advice_side_panel.html"
    # Right before Wagtail's own checks (350).
    order = 340

    def __init__(self, object, request):
        super().__init__(object, request)
        self.advice = advice_on(object)

    @property
    def stumbles(self) -> int:
        """How many pieces of advice are more than hints."""
        return sum(not advice.is_hint for advice in self.advice)

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "advice": self.advice}


class PortalContentChecker(ContentCheckerItem):
    """Wagtail's checker, in which an alternative text is neither the name of a file, nor a story, nor a repetition."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-redundant-alt"]
    axe_custom_checks = [
        {
            "id": "check-image-alt-text",
            "options": {
                "pattern": r"\.(avif|gif|jpg|jpeg|png|svg|webp)$|_|^(dsc|img|image|foto|immagine)[\s-]*\d*$"
                rf"|^.{{{ALT_MAX + 1},}}$"
            },
        },
        {"id": "check-empty-meta-description"},
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "alt-text-quality": {
            "error_name": _("Il testo alternativo non descrive l'immagine"),
            "help_text": _("Di' in una frase che cosa si vede: non il nome del file, e non più di 150 caratteri"),
        },
        "image-redundant-alt": {
            "error_name": _("Il testo alternativo ripete il link"),
            "help_text": _("Chi ascolta la pagina sente due volte le stesse parole: segna l'immagine come decorativa"),
        },
    }


def use_our_checker(items: list) -> None:
    """Put our checker in the place of Wagtail's, wherever it is shown."""
    for position, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[position] = PortalContentChecker(in_editor=item.in_editor)
