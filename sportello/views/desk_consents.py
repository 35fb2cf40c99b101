"""The words of consents in the admin: what is in use, every version; a new one with its preview, by supervisors."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions
from ..actions import consent_texts as actions
from ..enums_people import GIVEN_BY, ConsentPurpose
from ..errors import ActionError
from ..forms.desk_person import ConsentTextForm
from ..models import ConsentText
from .desk_page import DeskPageView


class ConsentTextsView(DeskPageView):
    """Every purpose with its versions, the one in use on top."""

    template_name = "wagtailadmin/sportello/consent_texts.html"
    page_title = gettext_lazy("Testi dei consensi")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs):
        rows = ConsentText.objects.select_related("written_by").annotate(count=Count("consents"))
        found: dict[str, list[ConsentText]] = {purpose: [] for purpose in ConsentPurpose.values}
        for row in rows.order_by("purpose", "-version"):
            found[row.purpose].append(row)
        return super().get_context_data(**kwargs) | {
            "purposes": [
                {"key": key, "label": ConsentPurpose(key).label, "by": GIVEN_BY[key], "texts": texts}
                for key, texts in found.items()
                if texts
            ],
            "may_write": permissions.supervises(self.request.user),
        }


class ConsentTextFormView(DeskPageView):
    """The next version: first the words, then whom they concern, then they are written."""

    page_title = gettext_lazy("Nuovo testo di consenso")
    header_icon = "doc-full"
    trail = (("sportello_consents:index", gettext_lazy("Testi dei consensi")),)

    def dispatch(self, request, *args, **kwargs):
        if not permissions.supervises(request.user) or kwargs.get("purpose") not in ConsentPurpose.values:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return ConsentPurpose(self.kwargs["purpose"]).label

    def get(self, request, purpose):
        text = ConsentText.objects.filter(purpose=purpose).latest("version")
        return self._page(ConsentTextForm(initial={name: getattr(text, name) for name in actions.WORDS}))

    def post(self, request, purpose):
        form = ConsentTextForm(request.POST)
        if not form.is_valid() or "correct" in request.POST:
            return self._page(form)
        asks_again = form.cleaned_data["asks_again"] == "yes"
        if "write" not in request.POST:
            return self._preview(form, asks_again)
        try:
            actions.write_version(purpose, form.cleaned_data, asks_again, request.user)
        except ActionError as error:
            form.add_error(None, str(error))
            return self._page(form)
        messages.success(request, _("Testo scritto: vale da adesso. Quello di prima resta com'era."))
        return redirect("sportello_consents:index")

    def _preview(self, form, asks_again: bool):
        purpose = self.kwargs["purpose"]
        found = actions.reach(purpose)
        context = {
            "form": form,
            "words": form.cleaned_data,
            "asks_again": asks_again,
            "standing": found.standing,
            "to_write_to": len(found.to_write_to),
            "before": ConsentText.objects.filter(purpose=purpose).latest("version"),
        }
        self.template_name = "wagtailadmin/sportello/consent_text_preview.html"
        return self.render_to_response(self.get_context_data(**context))

    def _page(self, form):
        self.template_name = "wagtailadmin/sportello/consent_text_form.html"
        return self.render_to_response(self.get_context_data(form=form, back_url=reverse("sportello_consents:index")))
