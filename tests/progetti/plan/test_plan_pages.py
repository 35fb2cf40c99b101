"""The public pages of a plan: the tree, its nodes, what contributes, the picture, the data, in both languages."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from progetti.actions.plan import save_action
from progetti.line_of_sight import sights
from progetti.models import Action, ActionUpdate, Contribution
from progetti.plan_reading import read_tree
from tests.factories.plan import (
    make_action,
    make_home,
    make_indicator,
    make_objective,
    make_plan,
    make_project,
    make_tree,
    make_vision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(axes=2)


@pytest.fixture
def axis(plan):
    return plan.axes.get(code="A1")


@pytest.fixture
def objective(axis):
    return make_objective(axis, title="Botteghe aperte", title_en="Open workshops")


@pytest.fixture
def action(objective):
    return make_action(objective, title="Mappa delle botteghe", status="under_way", progress=40)


def contribute(page, note="", **node):
    return Contribution.objects.create(page=page, locale=page.locale, note=note, **node)


def text(response):
    return " ".join(response.content.decode().split())


def test_the_whole_tree_is_on_one_page_with_honest_progress(client, plan, action):
    page = text(client.get("/piano/"))
    for words in ("A1", "Asse 2", "Botteghe aperte", "Mappa delle botteghe", "40"):
        assert words in page
    assert "nessun dato" in page, "the second axis has no data, which is not 0 %"
    assert "il 50 % del peso del piano" in page
    assert "0&#8239;%" not in page.replace("40&#8239;%", "")


def test_a_plan_without_actions_says_so(client, plan):
    page = text(client.get("/piano/"))
    assert "nessun dato" in page
    assert "figura/" not in page
    assert client.get("/piano/figura/").status_code == 200


def test_equal_weighing_counts_each_action_the_same(plan, objective):
    plan.weighing = "equal"
    make_action(objective, 1, status="done")
    other = make_objective(objective.axis, 2)
    for number in (1, 2, 3):
        make_action(other, number, status="under_way", progress=0)
    plan.axes.get(code="A2").delete()
    assert read_tree(plan).percent == 25
    plan.weighing = "weights"
    assert read_tree(plan).percent == 50


@pytest.mark.parametrize("code", ["A1", "A1.1", "A1.1.1"])
def test_each_node_has_a_page_with_all_that_contributes(client, action, code):
    page = make_project("Sentieri insieme")
    contribute(page, "Cura i sentieri", action=action)
    found = text(client.get(f"/piano/{code}/"))
    assert "Sentieri insieme" in found
    assert "Cura i sentieri" in found
    assert "Progetti (1)" in found


@pytest.mark.parametrize("path", ["A3", "A1.7", "A1.1.9", "A9.9.9", "rapporti/2019-1", "rapporti/2019-3", "altro"])
def test_what_is_not_there_is_not_found(client, action, path):
    assert client.get(f"/piano/{path}/").status_code == 404


def test_pages_that_are_not_live_or_not_public_never_show(client, plan, action):
    contribute(make_project("Bozza segreta", slug="bozza", live=False), action=action)
    private = make_project("Riservato", slug="riservato")
    contribute(private, action=action)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for path in ("/piano/", "/piano/A1/", "/piano/A1.1.1/"):
        page = text(client.get(path))
        assert "Bozza segreta" not in page
        assert "Riservato" not in page
    assert "contribuisce" not in text(client.get("/piano/")).split('id="albero"')[1].split("</section>")[0]


def test_a_long_group_is_shown_in_part_and_then_whole(client, action):
    for number in range(63):
        contribute(make_project(f"Progetto {number:03d}", slug=f"p{number}"), action=action)
    page = text(client.get("/piano/A1.1.1/"))
    assert page.count("Progetto 0") == 10
    assert "Vedi tutti: progetti (63)" in page
    whole = text(client.get("/piano/A1.1.1/?tipo=projectpage"))
    assert whole.count("Progetto 0") == 50
    assert text(client.get("/piano/A1.1.1/?tipo=projectpage&pagina=2")).count("Progetto 0") == 13
    assert client.get("/piano/A1.1.1/?tipo=projectpage&pagina=pippo").status_code == 200
    assert client.get("/piano/A1.1.1/?tipo=nessuno").status_code == 200


def test_a_page_shows_its_place_in_one_line(client, plan, action):
    plan.vision = make_vision()
    plan.save()
    page = make_project("Sentieri insieme", slug="sentieri")
    contribute(page, "Cura i sentieri", action=action)
    found = text(client.get("/progetti/sentieri/"))
    line = found.split('<ol class="line-of-sight">')[1].split("</ol>")[0]
    places = [line.index(words) for words in ("/visione/", "/piano/A1/", "/piano/A1.1/", "/piano/A1.1.1/")]
    assert places == sorted(places)
    assert "Azione A1.1.1" in line
    assert "Cura i sentieri" in line


def test_the_line_leaves_out_a_vision_and_a_plan_that_cannot_be_read(rf, plan, action):
    page = make_project()
    contribute(page, action=action)
    request = rf.get("/")
    assert [step.label for step in sights(request, page)[0].steps] == [
        "Piano",
        "Asse A1",
        "Obiettivo A1.1",
        "Azione A1.1.1",
    ]
    PageViewRestriction.objects.create(page=plan, restriction_type="login")
    assert sights(request, page) == []


def test_a_page_that_contributes_to_nothing_has_no_line(client, plan):
    make_project("Da solo", slug="da-solo")
    assert "line-of-sight" not in text(client.get("/progetti/da-solo/"))


def test_late_and_silent_actions_say_so(client, objective):
    today = timezone.localdate()
    long_ago = timezone.now() - timedelta(days=400)
    make_action(objective, status="under_way", progress=10, end=today - timedelta(days=1), at=long_ago)
    page = text(client.get("/piano/A1.1.1/"))
    assert "In ritardo" in page
    assert "Nessuno ne scrive da più di 6 mesi." in page
    ActionUpdate.objects.create(action=Action.objects.get(), date=today, text="Ripartita")
    page = text(client.get("/piano/A1.1.1/"))
    assert "Nessuno ne scrive" not in page
    assert "Ripartita" in page


def test_a_closed_plan_is_judged_on_its_last_day(plan, objective):
    make_action(objective, status="under_way", end=date(2023, 1, 1))
    assert read_tree(plan).actions[0].late
    plan.status = "closed"
    assert not read_tree(plan).actions[0].late, "in 2022, when the plan ended, it was not late yet"


def test_every_change_is_on_the_page_without_who_made_it(client, action, django_user_model):
    editor = django_user_model.objects.create_user(email="redazione@example.org", password="x", first_name="Carla")
    action.progress = 70
    save_action(action, by=editor)
    page = text(client.get("/piano/A1.1.1/"))
    assert "In corso, 40 % → In corso, 70 %" in page
    assert "Carla" not in page
    assert "redazione@example.org" not in page


def test_the_picture_is_plain_svg(client, plan):
    make_tree(plan, objectives=2, actions=3)
    Action.objects.filter(code="A1.1.1").update(title='<script>alert("x")</script> & "virgolette"', progress=None)
    response = client.get("/piano/figura/")
    assert response["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(response.content)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "g", "path", "text"}
    assert not any(name in element.attrib for element in root.iter() for name in ("style", "onload", "href"))
    assert any("stroke-dasharray" in element.attrib for element in root.iter()), "no data is drawn, not left out"


def test_the_english_plan_speaks_english_where_it_can(client, plan, objective, action):
    english, _created = Locale.objects.get_or_create(language_code="en")
    make_home().copy_for_translation(english, alias=False).save_revision().publish()
    copy = plan.copy_for_translation(english)
    copy.title, copy.slug = "The plan", "plan"
    axis = copy.axes.get(code="A1")
    axis.title = "First axis"
    axis.save()
    copy.save()
    copy.save_revision().publish()
    contribute(make_project("Solo in italiano", slug="solo"), action=action)
    page = text(client.get("/en/plan/"))
    for words in ("First axis", "Open workshops", '<span lang="it">Mappa delle botteghe</span>'):
        assert words in page
    node = text(client.get("/en/plan/A1.1.1/"))
    assert '<span lang="it">Solo in italiano</span>' in node
    assert 'hreflang="it" href="http://testserver/piano/A1.1.1/"' in node


def test_indicators_have_a_chart_a_table_and_data(client, axis):
    indicator = make_indicator(
        axis=axis,
        title="Botteghe",
        values={"2019": "10", "2020": "1234.5"},
        target="2000",
        baseline_year=2018,
        target_year=2022,
    )
    page = text(client.get(f"/indicatori/{indicator.pk}/"))
    for words in ("<svg", "<desc", "1.234,5", "Progresso moderato", "/piano/A1/"):
        assert words in page
    assert "Botteghe" in text(client.get("/indicatori/"))
    assert "Botteghe" in text(client.get("/piano/"))
    assert "Botteghe" in text(client.get("/piano/A1/"))
    data = client.get(f"/indicatori/{indicator.pk}/csv/").content.decode("utf-8-sig")
    assert "I1;;2020;1234.5;%" in data
    assert client.get("/indicatori/999999/").status_code == 404


def test_an_indicator_of_a_hidden_project_does_not_show(client, plan):
    project = make_project("Nascosto", slug="nascosto", live=False)
    indicator = make_indicator(project=project, title="Segreto")
    assert "Segreto" not in text(client.get("/indicatori/"))
    assert client.get(f"/indicatori/{indicator.pk}/").status_code == 404


def test_an_indicator_with_one_value_or_none_still_has_a_page(client, axis):
    one = make_indicator(axis=axis, code="I1", baseline=None, target=None, values={"2020": "5"})
    none = make_indicator(axis=axis, code="I2")
    assert "<svg" in text(client.get(f"/indicatori/{one.pk}/")).split("<main")[1]
    assert "Non è ancora stato misurato" in text(client.get(f"/indicatori/{none.pk}/"))
