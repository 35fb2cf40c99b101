"""Plans, actions and indicators as CSV: what is written can be read again, and no cell can run in a spreadsheet."""

from collections.abc import Iterable, Mapping

from portal.pages.csv_files import write_rows

from .models import Action, Axis, Indicator, Objective
from .models.plan_nodes import order_key

ACTION_COLUMNS = (
    "codice", "titolo", "titolo_en", "descrizione", "descrizione_en", "risultato_atteso", "risultato_atteso_en", "peso",
    "stato", "avanzamento", "responsabile", "inizio", "fine", "importo", "fonte", "esempio",
)  # fmt: skip
INDICATOR_COLUMNS = (
    "codice", "nodo", "territorio", "nome", "nome_en", "definizione", "definizione_en", "unita", "unita_en",
    "direzione", "base", "anno_base", "obiettivo", "anno_obiettivo", "fonte", "metodo", "frequenza", "esempio",
    "periodo", "valore", "nota", "provvisorio",
)  # fmt: skip


def export_actions(source_id: int) -> str:
    """Axes, objectives and actions of a plan in one table, by code; the import reads the same columns."""
    rows: list[Mapping[str, object]] = []
    for axis in Axis.objects.filter(plan_id=source_id):
        values = {"codice": axis.code, "titolo": axis.title, "descrizione": axis.description, "peso": axis.weight}
        rows.append(values)
    for objective in Objective.objects.of_plan(source_id):
        values = {
            **_node_values(objective),
            "risultato_atteso": objective.expected_result,
            "risultato_atteso_en": objective.expected_result_en,
        }
        rows.append(values)
    for action in Action.objects.of_plan(source_id).select_related("responsible"):
        values = {
            **_node_values(action),
            "stato": action.status,
            "avanzamento": action.progress,
            "responsabile": action.responsible.slug if action.responsible else "",
            "inizio": action.start,
            "fine": action.end,
            "importo": action.resources_amount,
            "fonte": action.resources_source,
        }
        rows.append(values)
    rows.sort(key=lambda values: order_key(str(values["codice"])))
    table = [[values.get(column) for column in ACTION_COLUMNS] for values in rows]
    return write_rows([ACTION_COLUMNS, *table])


def _node_values(node: Objective | Action) -> dict[str, object]:
    return {
        "codice": node.code, "titolo": node.title, "titolo_en": node.title_en, "descrizione": node.description,
        "descrizione_en": node.description_en, "peso": node.weight, "esempio": node.is_example,
    }  # fmt: skip


def export_indicators(source_id: int) -> str:
    """Indicators of a plan, one row for each measurement; one row for an indicator that has none."""
    table: list[list[object]] = []
    for indicator in Indicator.objects.filter(plan_id=source_id).with_series():
        values = _indicator_values(indicator)
        for item in indicator.series or [None]:
            measured = (
                {"periodo": item.period, "valore": item.value, "nota": item.note, "provvisorio": item.provisional}
                if item
                else {}
            )
            table.append([{**values, **measured}.get(column) for column in INDICATOR_COLUMNS])
    return write_rows([INDICATOR_COLUMNS, *table])


def _indicator_values(indicator: Indicator) -> dict[str, object]:
    return {
        "codice": indicator.code,
        "nodo": indicator.node.code if indicator.node else "",
        "territorio": indicator.territory.slug if indicator.territory else "",
        "nome": indicator.title,
        "nome_en": indicator.title_en,
        "definizione": indicator.definition,
        "definizione_en": indicator.definition_en,
        "unita": indicator.unit,
        "unita_en": indicator.unit_en,
        "direzione": indicator.direction,
        "base": indicator.baseline,
        "anno_base": indicator.baseline_year,
        "obiettivo": indicator.target,
        "anno_obiettivo": indicator.target_year,
        "fonte": indicator.source,
        "metodo": indicator.method,
        "frequenza": indicator.frequency,
        "esempio": indicator.is_example,
    }


def export_measurements(indicators: Iterable[Indicator]) -> str:
    """The values of one indicator, in each of its territories, for who wants to use them again."""
    table: list[list[object]] = [["codice", "territorio", "periodo", "valore", "unita", "provvisorio", "nota"]]
    for indicator in indicators:
        place = indicator.territory.name if indicator.territory else ""
        table += [
            [indicator.code, place, item.period, item.value, indicator.unit, item.provisional, item.note]
            for item in indicator.series
        ]
    return write_rows(table)
