"""The support notes of one young person, and the log of who has read which, for supervisors and auditors."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions import support_notes
from ..desk.access import log_desks_of, note_desks_of
from ..errors import ActionError
from ..forms.desk_notes import ReadNotesForm, WriteNoteForm
from ..models import CvAccess, SupportNote, SupportNoteAccess, YouthProfile
from .desk_page import DeskPageView

PER_PAGE = 50


class _OfOnePersonView(DeskPageView):
    template_name = "wagtailadmin/sportello/notes.html"
    page_title = gettext_lazy("Note di sostegno")
    header_icon = "lock"
    trail = (("sportello_youth:index", gettext_lazy("Giovani")),)

    def allowed_desks(self):
        # Being a superuser opens nothing here: only who works at the desk of the young person comes in.
        return note_desks_of(self.request.user)

    def person(self, pk: int) -> YouthProfile:
        return get_object_or_404(
            YouthProfile.objects.select_related("user").filter(desk_id__in=note_desks_of(self.request.user)), pk=pk
        )

    def get_page_subtitle(self):
        return self.youth.user.get_full_name() or str(self.youth)

    def get_context_data(self, **kwargs):
        rows = SupportNote.objects.filter(youth=self.youth, removed_at__isnull=True).defer("text")
        listed = [
            {"note": note, "may_remove": support_notes.may_remove(note, self.request.user)}
            for note in rows.select_related("author", "youth").order_by("-created_at", "-pk")
        ]
        context = {"youth": self.youth, "listed": listed, "notes": None, "purpose": ""}
        context |= {"read_form": ReadNotesForm(prefix="leggi"), "write_form": WriteNoteForm(prefix="scrivi")}
        return super().get_context_data(**context) | kwargs


class NotesView(_OfOnePersonView):
    """That there are notes, since when and what for; their words only after saying why."""

    def get(self, request, pk):
        self.youth = self.person(pk)
        return self.render_to_response(self.get_context_data())

    def post(self, request, pk):
        self.youth = self.person(pk)
        if "scrivi" in request.POST:
            return self._write(WriteNoteForm(request.POST, prefix="scrivi"))
        return self._read(ReadNotesForm(request.POST, prefix="leggi"))

    def _write(self, form: WriteNoteForm):
        if form.is_valid():
            try:
                support_notes.write_note(self.youth, self.request.user, **form.cleaned_data)
            except ActionError as error:
                form.add_error(None, str(error))
            else:
                messages.success(self.request, _("Nota scritta."))
                return redirect("sportello_notes:person", self.youth.pk)
        return self.render_to_response(self.get_context_data(write_form=form))

    def _read(self, form: ReadNotesForm):
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(read_form=form))
        # Shown in answer to the form and nowhere else: whoever comes back to the page has to say again why.
        notes = support_notes.read_notes(self.youth, self.request.user, form.cleaned_data["purpose"])
        return self.render_to_response(self.get_context_data(notes=notes))


class RemoveNoteView(_OfOnePersonView):
    """Asks before the words of a note go for good."""

    template_name = "wagtailadmin/sportello/note_remove.html"
    page_title = gettext_lazy("Togli la nota")

    def _note(self, pk: int) -> SupportNote:
        rows = SupportNote.objects.select_related("youth__user", "author").defer("text")
        note = get_object_or_404(
            rows.filter(youth__desk_id__in=note_desks_of(self.request.user), removed_at__isnull=True), pk=pk
        )
        if not support_notes.may_remove(note, self.request.user):
            raise Http404
        self.youth = note.youth
        return note

    def get(self, request, pk):
        return self.render_to_response(self.get_context_data(note=self._note(pk)))

    def post(self, request, pk):
        note = self._note(pk)
        try:
            support_notes.remove_note(note, request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Nota tolta."))
        return redirect("sportello_notes:person", self.youth.pk)


class NotesLogView(DeskPageView):
    """Who wrote, read or removed which note, and opened which CV, when and what for. Not a word of them."""

    template_name = "wagtailadmin/sportello/notes_log.html"
    page_title = gettext_lazy("Registro di note e curriculum")
    header_icon = "history"

    def allowed_desks(self):
        return log_desks_of(self.request.user)

    def get_context_data(self, **kwargs):
        rows = SupportNoteAccess.objects.select_related("user", "desk", "note__youth__user").defer("note__text")
        if self.scope.ids is not None:
            rows = rows.filter(desk_id__in=self.scope.ids)
        who = self.request.GET.get("chi", "").strip()
        if who:
            rows = rows.filter(user__email__icontains=who)
        page = Paginator(rows.order_by("-at", "-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        # Whom a note is about is for the desk of that person; who only audits reads its number.
        mine = note_desks_of(self.request.user)
        lines = [
            {"row": row, "person": row.note.youth if row.note and row.note.youth.desk_id in mine else None}
            for row in page.object_list
        ]
        opened = CvAccess.objects.select_related("user", "youth__user")
        if self.scope.ids is not None:
            opened = opened.filter(desk_id__in=self.scope.ids)
        if who:
            opened = opened.filter(user__email__icontains=who)
        curricula = [
            {"row": row, "person": row.youth if row.youth and row.youth.desk_id in mine else None}
            for row in opened.order_by("-at", "-pk")[:PER_PAGE]
        ]
        kept = urlencode({"chi": who}) if who else ""
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "lines": lines,
            "curricula": curricula,
            "who": who,
            "kept": kept,
        }
