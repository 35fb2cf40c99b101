"""Importing the municipalities of Italy."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from portal.registry.imports import MUNICIPALITIES_FILE, MalformedFile, import_municipalities
from portal.registry.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(tmp_path):
    """The first lines of the real file."""
    path = tmp_path / "comuni.csv"
    path.write_text("".join(MUNICIPALITIES_FILE.read_text(encoding="utf-8").splitlines(keepends=True)[:6]))
    return path


def rewrite(path, change) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    for row in rows:
        change(row)
    with path.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_whole_country_comes_in_and_only_once():
    first = import_municipalities()
    assert (first.created, first.updated, first.unchanged) == (7899, 0, 0)
    second = import_municipalities()
    assert (second.created, second.updated, second.unchanged) == (0, 0, 7899)
    assert Municipality.objects.count() == 7899
    chieri = Municipality.objects.get(istat_code="001078")
    assert (chieri.name, chieri.province_code, chieri.region) == ("Chieri", "TO", "Piemonte")


def test_what_changed_is_updated_and_what_is_gone_stays(few):
    import_municipalities(few)
    primary_keys = set(Municipality.objects.values_list("pk", flat=True))

    def grow(row):
        if row["istat_code"] == "001001":
            row["population"] = "2600"

    rewrite(few, grow)
    lines = few.read_text().splitlines(keepends=True)
    few.write_text("".join(lines[:-1]))
    report = import_municipalities(few)
    assert (report.created, report.updated, report.unchanged) == (0, 1, 3)
    assert Municipality.objects.get(istat_code="001001").population == 2600
    assert set(Municipality.objects.values_list("pk", flat=True)) == primary_keys


@pytest.mark.indexed
def test_imported_municipalities_are_found_by_the_search_of_the_admin(few):
    from wagtail.search.backends import get_search_backend

    import_municipalities(few)
    assert [row.name for row in get_search_backend().search("Airasca", Municipality)] == ["Airasca"]


@pytest.mark.parametrize(("column", "value"), [("population", "molti"), ("latitude", ""), ("istat_code", "001002")])
def test_a_malformed_file_is_refused_whole(few, column, value):
    def spoil(row):
        if row["istat_code"] == "001001":
            row[column] = value

    rewrite(few, spoil)
    with pytest.raises(MalformedFile, match=r"line [23]"):
        import_municipalities(few)
    assert Municipality.objects.count() == 0


def test_the_command_names_what_is_wrong(few):
    few.write_text("istat_code,name\n001001,Agliè\n")
    with pytest.raises(CommandError, match="line 2"):
        call_command("import_municipalities", file=few)
