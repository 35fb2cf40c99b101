"""What the editing form of a pact shows of its texts, signatures and requests, which are kept beside the page."""

from wagtail.admin.panels import Panel


class PactTextsPanel(Panel):
    """The text in force, how many signed, how many ask to: to read, with links to where each is kept."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/progetti/pact_texts.html"

        def is_shown(self):
            return self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            from .models import PactRequest, PactSignatory, PactVersion
            from .permissions import may_moderate_pacts, may_publish_pact_texts

            pact = self.instance
            return {
                **super().get_context_data(parent_context),
                "versions": list(PactVersion.objects.of_pact(pact)),
                "signatures": PactSignatory.objects.of_pact(pact).standing().count(),
                "waiting": PactRequest.objects.to_verify()
                .filter(version__pact__translation_key=pact.translation_key)
                .count(),
                "may_publish": may_publish_pact_texts(self.request.user),
                "may_moderate": may_moderate_pacts(self.request.user),
            }
