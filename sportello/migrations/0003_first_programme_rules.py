"""The national rules that a desk starts from; regions and later changes are rows that the desk adds."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 1, 1)
MINORS = [[18, 40]]
WORK_AGE = 16  # schooling duty done: law 296/2006, art. 1, paragraph 622
MINORS_LAW = "Legge 977/1967 (minori): niente notte, 8 ore al giorno e 40 alla settimana, niente rischi."

RULES = [
    {
        "kind": "pcto",
        "minimum_age": 15,
        "maximum_age": None,
        "statuses": ["school"],
        "daily_hours": 8,
        "documents": "Convenzione tra scuola e realtà ospitante\nProgetto formativo\nFormazione sulla sicurezza\n"
        "Copertura INAIL e responsabilità civile",
        "signers": ["youth", "guardian", "school", "host"],
        "source": f"Legge 145/2018, art. 1, commi 784-787 (percorsi del triennio). {MINORS_LAW}",
    },
    {
        "kind": "traineeship",
        "minimum_age": WORK_AGE,
        "minimum_days": 60,
        "maximum_days": 366,
        "daily_hours": 8,
        "indemnity": 300,
        "headcount": [[5, 1, None], [20, 2, None], [None, None, 10]],
        "once_per_host": True,
        "documents": "Convenzione con l'ente promotore\nProgetto formativo individuale\nComunicazione obbligatoria\n"
        "Formazione sulla sicurezza\nCopertura INAIL e responsabilità civile",
        "signers": ["youth", "guardian", "promoter", "host"],
        "source": "Linee guida sui tirocini, accordo Stato-Regioni del 25 maggio 2017 (300 euro è il minimo: "
        f"molte regioni chiedono di più). {MINORS_LAW}",
    },
    {
        "kind": "summer",
        "minimum_age": 15,
        "statuses": ["school", "university"],
        "maximum_days": 92,
        "daily_hours": 8,
        "documents": "Convenzione con l'ente promotore\nProgetto formativo\nFormazione sulla sicurezza\n"
        "Copertura INAIL e responsabilità civile",
        "signers": ["youth", "guardian", "promoter", "host"],
        "source": f"Norme regionali sui tirocini estivi di orientamento: tre mesi al massimo. {MINORS_LAW}",
    },
    {
        "kind": "apprenticeship",
        "minimum_age": 15,
        "maximum_age": 25,
        "daily_hours": 8,
        "documents": "Contratto di apprendistato\nPiano formativo individuale\nProtocollo tra scuola e datore di lavoro",
        "signers": ["youth", "guardian", "school", "host"],
        "source": f"Decreto legislativo 81/2015, art. 43 (15-25 anni). {MINORS_LAW}",
    },
    {
        "kind": "short",
        "minimum_age": 15,
        "maximum_days": 92,
        "daily_hours": 8,
        "documents": "Patto di corresponsabilità\nAssicurazione per infortuni e responsabilità civile",
        "signers": ["youth", "guardian", "host"],
        "source": f"Nessun rapporto di lavoro: giorni o settimane, con assicurazione. {MINORS_LAW}",
    },
    {
        "kind": "volunteering",
        "minimum_age": 14,
        "daily_hours": 8,
        "documents": "Adesione all'ente\nAssicurazione dei volontari",
        "signers": ["youth", "guardian", "host"],
        "source": f"Decreto legislativo 117/2017, artt. 17-18 (volontari e loro assicurazione). {MINORS_LAW}",
    },
]


def write(apps, schema_editor):
    rule = apps.get_model("sportello", "ProgrammeRule")
    for values in RULES:
        rule.objects.get_or_create(
            kind=values["kind"],
            region="",
            valid_from=SINCE,
            defaults={**values, "weekly_hours_by_age": MINORS},
        )


class Migration(migrations.Migration):
    dependencies = [("sportello", "0002_programme_rules")]

    # Going back drops the table, and the rows with it.
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
