"""Importing from CSV in the admin: the file is tried first, and imported only when who has read the trial says so."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ..plan_csv_reading import UnreadableFile, decode
from ..plan_forms import ConfirmForm, ImportForm
from ..plan_import import ImportResult


def import_csv(
    request: HttpRequest,
    run: Callable[[str, bool], ImportResult],
    *,
    back_url: str,
    back_label: str,
    subtitle: str,
    row_label: str,
    columns: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """First the file is tried, and nothing changes; then the same text is sent back and imported for good.

    Args:
        run: imports a text, or only tries it: its second argument says whether for good. May raise UnreadableFile.
        back_url: where one goes when it is done.
        back_label: the words of the link that goes there before.
        subtitle: what is imported into.
        row_label: what a row of the file is known by, as the heading of a column.
        columns: names and explanations of the columns of the file.
    """
    form, result, text, problem = ImportForm(), None, "", ""
    try:
        if request.method == "POST" and "text" in request.POST:
            confirm = ConfirmForm(request.POST)
            if confirm.is_valid():
                text = confirm.cleaned_data["text"]
                result = run(text, True)
                if result.done:
                    words = gettext("Importazione fatta: %(created)s voci nuove, %(changed)s cambiate.")
                    messages.success(request, words % {"created": result.created, "changed": result.changed})
                    return redirect(back_url)
            else:
                problem = gettext("Il testo da importare è vuoto o troppo lungo: ricarica il file.")
        elif request.method == "POST":
            form = ImportForm(request.POST, request.FILES)
            if form.is_valid():
                text = decode(form.cleaned_data["file"].read())
                result = run(text, False)
    except UnreadableFile as error:
        problem = str(error)
    context = {
        "form": form, "result": result, "text": text, "problem": problem, "subtitle": subtitle,
        "back_url": back_url, "back_label": back_label, "row_label": row_label, "columns": columns,
    }  # fmt: skip
    return render(request, "wagtailadmin/progetti/csv_import.html", context)
