"""The plan in the admin: editing keeps the history, nodes are found by code, import and export are for who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from home.roles import ensure_roles
from progetti.contribution_forms import find_node, node_value
from progetti.models import Action, Axis, Contribution, Objective
from tests.factories.plan import make_action, make_objective, make_plan, make_project
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(axes=2)


@pytest.fixture
def action(plan):
    return make_action(make_objective(plan.axes.get(code="A1")))


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True, is_staff=True, first_name="Carla", last_name="Neri")


@pytest.fixture
def admin(editor):
    client = Client()
    client.force_login(editor)
    return client


def action_data(action, **changes):
    return nested_form_data(
        {
            "objective": action.objective_id, "code": action.code, "title": action.title, "title_en": "",
            "description": "", "description_en": "", "weight": 1, "status": action.status, "progress": "",
            "responsible": "", "responsible_body": "", "start": "", "end": "", "resources_amount": "",
            "resources_source": "", "updates": inline_formset([]), **changes,
        }
    )  # fmt: skip


def test_an_edit_in_the_admin_is_written_down_with_the_editor(admin, editor, action):
    address = f"/admin/snippets/progetti/action/edit/{action.pk}/"
    response = admin.post(address, action_data(action, status="under_way", progress="35"))
    assert response.status_code == 302
    change = action.changes.first()
    assert (change.by, change.to_status, change.to_progress) == (editor, "under_way", 35)
    assert "Carla Neri" in admin.get(address).content.decode()


def test_a_wrong_edit_changes_nothing_and_says_why(admin, action):
    address = f"/admin/snippets/progetti/action/edit/{action.pk}/"
    response = admin.post(address, action_data(action, status="done", progress="35", title="Scritto a mano"))
    page = response.content.decode()
    assert "Un&#x27;azione conclusa è al 100 %." in page
    assert "Scritto a mano" in page, "nothing of what was typed is lost"
    assert action.changes.count() == 1


@pytest.mark.parametrize("path", ["action", "objective", "indicator", "planreport"])
def test_the_lists_and_the_empty_forms_open(admin, action, path):
    assert admin.get(f"/admin/snippets/progetti/{path}/").status_code == 200
    assert admin.get(f"/admin/snippets/progetti/{path}/add/").status_code == 200


def test_the_filters_of_the_list_of_actions(admin, action):
    make_action(action.objective, 2, title="Tardiva", status="under_way", end="2020-01-01")
    page = admin.get("/admin/snippets/progetti/action/?late=true").content.decode()
    assert "Tardiva" in page
    assert "Azione A1.1.1" not in page
    assert admin.get(f"/admin/snippets/progetti/action/?plan={action.plan_id}&status=done").status_code == 200


def test_an_objective_with_actions_is_not_deleted(admin, action):
    admin.post(f"/admin/snippets/progetti/objective/delete/{action.objective_id}/")
    assert Objective.objects.filter(pk=action.objective_id).exists()


def test_the_tree_links_to_every_form(admin, plan, action):
    page = admin.get(f"/admin/piano/{plan.pk}/").content.decode()
    assert f"/admin/snippets/progetti/action/edit/{action.pk}/" in page
    assert admin.get("/admin/piano/").status_code == 302


def upload(client, plan, text, kind="azioni"):
    file = SimpleUploadedFile("piano.csv", text.encode() if isinstance(text, str) else text)
    return client.post(f"/admin/piano/{plan.pk}/importa/{kind}/", {"file": file})


def test_import_is_tried_first_and_done_when_confirmed(admin, editor, plan):
    text = "codice;titolo;stato\nA1.1;Botteghe;\nA1.1.1;<b>Mappa</b>;in corso\n"
    page = upload(admin, plan, text).content.decode()
    assert "niente è ancora cambiato" in page
    assert not Objective.objects.exists()
    response = admin.post(f"/admin/piano/{plan.pk}/importa/azioni/", {"text": text})
    assert response.status_code == 302
    action = Action.objects.get()
    assert action.title == "<b>Mappa</b>"
    assert action.changes.get().by == editor


@pytest.mark.parametrize("text", ["", "codice;titolo\nA9.1;x\n", b"\xff\xfe", "x" * 100, 'codice;titolo\nA1.1;"x\n'])
def test_a_bad_file_gets_a_page_that_says_so_and_no_button_to_go_on(admin, plan, text):
    response = upload(admin, plan, text)
    assert response.status_code == 200
    assert "Importa per davvero" not in response.content.decode()


def test_a_confirmation_is_checked_again(admin, plan):
    response = admin.post(f"/admin/piano/{plan.pk}/importa/azioni/", {"text": "codice;titolo\nA9.1;x\n"})
    assert "Manca l&#x27;asse A9" in response.content.decode()
    assert admin.post(f"/admin/piano/{plan.pk}/importa/azioni/", {"text": ""}).status_code == 200
    assert admin.get(f"/admin/piano/{plan.pk}/importa/altro/").status_code == 404


def test_export_gives_files(admin, plan, action):
    for kind in ("azioni", "indicatori"):
        response = admin.get(f"/admin/piano/{plan.pk}/esporta/{kind}/")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response.content.startswith(b"\xef\xbb\xbfcodice;")


def test_only_the_editorial_staff_comes_in(plan, action):
    ensure_roles()
    addresses = [f"/admin/piano/{plan.pk}/{rest}" for rest in ("", "importa/azioni/", "esporta/azioni/")]
    for client in (Client(), Client()):
        for address in addresses:
            assert client.get(address).status_code in (302, 403)
    stranger = Client()
    stranger.force_login(UserFactory())
    for address in addresses:
        assert stranger.get(address).status_code in (302, 403)


def test_a_node_is_found_by_code_and_by_plan_when_there_are_several(plan, action):
    assert find_node("a1.1.1") == action
    make_plan(slug="altro", title="Altro piano")
    for text in ("A1", "A9", "", "·", "A1.1.1 · Altro piano"):
        with pytest.raises(Exception, match=r"piano"):
            find_node(text)
    assert find_node("A1 · Altro piano").plan.slug == "altro"
    assert find_node(node_value(action)) == action


def project_data(page, rows):
    return nested_form_data(
        {
            "title": page.title, "slug": page.slug, "short_description": "Un progetto", "subtitle": "", "acronym": "",
            "status": "under_way", "how_to_take_part": rich_text(""), "partners": inline_formset([]),
            "contributions": inline_formset(rows), "attachments-count": 0, "easy_read-count": 0,
            "related_pages-count": 0, "body-count": 0, "activities": rich_text(""), "results-count": 0,
            "milestones-count": 0, "funding-count": 0, "team-count": 0, "gallery-count": 0,
            "comments": inline_formset([]), "action-publish": "1",
        }
    )  # fmt: skip


def test_an_editor_says_what_a_page_contributes_to_by_code(admin, client, plan, action):
    page = make_project("Sentieri insieme", slug="sentieri")
    address = f"/admin/pages/{page.pk}/edit/"
    assert f'<option value="A1.1.1 · {plan.title}">Azione A1.1.1</option>' in admin.get(address).content.decode()
    rows = [{"node_code": "A1.1.1", "note": "Cura i sentieri"}, {"node_code": "A2", "note": ""}]
    response = admin.post(address, project_data(page, rows))
    assert response.status_code == 302, response.context["form"].errors
    found = {row.node.code: row.note for row in Contribution.objects.filter(page_id=page.pk)}
    assert found == {"A1.1.1": "Cura i sentieri", "A2": ""}
    assert "Cura i sentieri" in client.get("/progetti/sentieri/").content.decode()
    assert "Sentieri insieme" in client.get("/piano/A2/").content.decode()


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["A9"], "Nel piano non c&#x27;è «A9»"),
        (["A2", "a2"], "contribuisce già a questo punto"),
        ([""], "obbligatorio"),
    ],
)
def test_a_wrong_code_is_said_beside_the_field(admin, plan, codes, words):
    page = make_project("Sentieri insieme", slug="sentieri")
    data = project_data(page, [{"node_code": code, "note": "Resta scritto"} for code in codes])
    content = admin.post(f"/admin/pages/{page.pk}/edit/", data).content.decode()
    assert words in content
    assert "Resta scritto" in content
    assert not Contribution.objects.exists()


def test_an_axis_with_objectives_is_neither_dropped_nor_renamed(admin, plan, action):
    plan.save_revision().publish()
    axes = list(plan.axes.order_by("sort_order"))

    def rows(**first):
        return inline_formset(
            [
                {
                    "id": axes[0].pk,
                    "code": "A1",
                    "title": "Asse 1",
                    "weight": 1,
                    "description": "",
                    "ORDER": 1,
                    **first,
                },
                {"id": axes[1].pk, "code": "A2", "title": "Asse 2", "weight": 1, "description": "", "ORDER": 2},
            ],
            initial=2,
        )

    for first in ({"DELETE": "1"}, {"code": "B1"}):
        data = page_data(plan, rows(**first))
        response = admin.post(f"/admin/pages/{plan.pk}/edit/", {**data, "action-publish": "1"})
        assert "ha obiettivi" in response.content.decode(), first
        assert plan.axes.filter(code="A1").exists()


def page_data(plan, axes):
    return nested_form_data(
        {
            "title": plan.title, "slug": plan.slug, "short_description": "Un piano", "from_year": 2018, "to_year": 2022,
            "status": "under_way", "weighing": "weights", "monitoring_months": 6, "axes": axes, "subtitle": "",
            "attachments-count": 0, "easy_read-count": 0, "related_pages-count": 0, "body-count": 0,
            "comments": inline_formset([]),
        }
    )  # fmt: skip


def test_a_new_objective_hangs_on_an_axis_of_the_italian_plan(admin):
    address = "/admin/snippets/progetti/objective/add/"
    assert "si scrivono nella pagina del piano" in admin.get(address).content.decode()
    assert "scrivili prima" in admin.get("/admin/snippets/progetti/action/add/").content.decode()
    plan = make_plan(axes=1)
    english, _new = Locale.objects.get_or_create(language_code="en")
    plan.copy_for_translation(english, copy_parents=True)
    form = admin.get(address).context["form"]
    axis = plan.axes.get()
    assert [label for _value, label in form.fields["axis"].choices][1:] == [str(axis)]
    foreign = Axis.objects.exclude(pk=axis.pk).get()
    data = {"axis": foreign.pk, "code": "A1.1", "weight": 1, "title": "Uno"}
    words = ("title_en", "description", "description_en", "expected_result", "expected_result_en")
    data |= dict.fromkeys(words, "")
    assert "axis" in admin.post(address, data).context["form"].errors
    assert admin.post(address, {**data, "axis": axis.pk}).status_code == 302
