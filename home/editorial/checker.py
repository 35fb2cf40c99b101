"""Our content checks in the editor: a side panel with the advice, and rules for Wagtail's own checker.

Wagtail's checker runs axe in the preview, as one types. It takes no functions of ours, but axe's own
("matches-definition-evaluate") can be given what to look for: so the rule on links needs no script.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.userbar import ContentCheckerItem

from .checks import ALT_MAX, VAGUE_LINKS, advice_on


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


def _any_case(words: str) -> str:
    """A pattern for words in capitals or not: axe's matcher takes no flags."""
    return "".join(f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else letter for letter in words)


_VAGUE = "|".join(_any_case(words) for words in sorted(VAGUE_LINKS))


class PortalContentChecker(ContentCheckerItem):
    """Wagtail's checker with our rules: links that say where they lead, alternative texts that are neither names of
    files nor stories."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "portal-link-text"]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": "portal-link-text",
            "impact": "serious",
            "selector": "main a[href]",
            "tags": ["best-practice"],
            "none": ["portal-vague-link", "portal-bare-address"],
            "enabled": True,
        },
    ]
    axe_custom_checks = [
        {
            "id": "check-image-alt-text",
            "options": {
                "pattern": r"\.(avif|gif|jpg|jpeg|png|svg|webp)$|_|^(dsc|img|image|foto|immagine)[\s-]*\d*$"
                rf"|^.{{{ALT_MAX + 1},}}$"
            },
        },
        {"id": "check-empty-meta-description"},
        {
            "id": "portal-vague-link",
            "evaluate": "matches-definition-evaluate",
            "options": {"matcher": {"accessibleName": rf"/^\s*({_VAGUE})[\s.…!›»>]*$/"}},
        },
        {
            "id": "portal-bare-address",
            "evaluate": "matches-definition-evaluate",
            "options": {"matcher": {"accessibleName": r"/^\s*(https?:\/\/|www\.)\S+\s*$/"}},
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "portal-link-text": {
            "error_name": _("Il link non dice dove porta"),
            "help_text": _("Scrivi che cosa si trova: «clicca qui» e gli indirizzi letti ad alta voce non aiutano"),
        },
        "alt-text-quality": {
            "error_name": _("Il testo alternativo non descrive l'immagine"),
            "help_text": _("Di' in una frase che cosa si vede: non il nome del file, e non più di 150 caratteri"),
        },
    }


def use_our_checker(items: list) -> None:
    """Put our checker in the place of Wagtail's, wherever it is shown."""
    for position, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[position] = PortalContentChecker(in_editor=item.in_editor)
