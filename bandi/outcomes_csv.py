"""Outcomes as CSV: what everybody may download, and what the redazione keeps and imports again."""

from progetti.plan_csv import write_rows

from .models.outcome import OutcomeQuerySet

PUBLIC_COLUMNS = ("posizione", "beneficiario", "progetto", "esito", "punteggio", "importo")


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
