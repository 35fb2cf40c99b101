"""Outcomes as CSV: what everybody may download, and what the redazione keeps, corrects and imports again."""

from django.utils.translation import gettext

from portal.pages.csv_files import write_rows

from .models.outcome import OutcomeQuerySet

PUBLIC_COLUMNS = ("posizione", "beneficiario", "progetto", "esito", "punteggio", "importo")
CODE = "codice"
COLUMNS = (
    CODE, "posizione", "beneficiario", "organizzazione", "persona", "nome_pubblico", "progetto", "pagina_progetto",
    "esito", "punteggio", "importo",
)  # fmt: skip


def public_csv(outcomes: OutcomeQuerySet) -> str:
    """The outcomes as the page shows them (read with `of_call`): names that must not be read are not in it."""
    rows = [
        [
            item.rank,
            item.shown_name,
            item.project_title or item.project_name,
            item.get_result_display(),
            item.score,
            item.amount,
        ]
        for item in outcomes
    ]
    return write_rows([PUBLIC_COLUMNS, *rows])


def redazione_csv(outcomes: OutcomeQuerySet) -> str:
    """All that the redazione knows of the outcomes, names included, in the columns that the import reads."""
    rows = [
        [
            item.pk,
            item.rank,
            item.name,
            item.organisation.slug if item.organisation else "",
            item.is_individual,
            item.name_is_public,
            item.project_title,
            item.project.slug if item.project else "",
            item.result,
            item.score,
            item.amount,
        ]
        for item in outcomes.select_related("organisation", "project")
    ]
    return write_rows([COLUMNS, *rows])


def column_words() -> list[tuple[str, str]]:
    """What goes into each column of the import, for whoever prepares the file."""
    return [
        ("beneficiario", gettext("Chi ha presentato la domanda. Vuoto se c'è «organizzazione».")),
        ("organizzazione", gettext("Nome o slug di un'organizzazione che è già nel portale.")),
        ("persona", gettext("1 se è una persona fisica: allora il nome non esce dalla redazione.")),
        ("nome_pubblico", gettext("1 se il nome della persona può essere pubblicato.")),
        ("esito", gettext("funded (finanziato), not_funded (ammesso, non finanziato) o excluded (escluso).")),
        ("progetto", gettext("Il titolo del progetto presentato, senza nomi di persone.")),
        ("pagina_progetto", gettext("L'ultima parte dell'indirizzo del progetto, se è nel portale.")),
        ("posizione, punteggio, importo", gettext("Numeri. L'importo, in euro, solo se finanziato.")),
        (CODE, gettext("Solo per correggere: il numero che la riga ha quando scarichi gli esiti.")),
    ]
