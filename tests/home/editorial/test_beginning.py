"""The first page of the admin on a new portal: what to write, in order, each step a link until it is there."""

import pytest
from django.urls import reverse

from portal.users import roles
from progetti.models import VisionPage
from tests.factories.bandi import call, call_index
from tests.factories.editorial import staff
from tests.factories.home import event
from tests.factories.plan import make_action, make_objective, make_plan
from tests.factories.progetti import body, full_project, governance_index, project_index, vision

pytestmark = pytest.mark.django_db


def steps(response) -> dict[str, tuple[bool, bool]]:
    """Each step of the panel: whether it is done, whether it leads somewhere."""
    panels = [panel for panel in response.context["panels"] if panel.name == "beginning"]
    return {step.title: (step.done, bool(step.url)) for panel in panels for step in panel.steps}


@pytest.mark.parametrize("group", [roles.AUTHORS, roles.PUBLISHERS])
def test_a_new_portal_says_where_to_begin(client, group):
    client.force_login(staff(group))
    governance_index(), project_index(), call_index()
    response = client.get(reverse("wagtailadmin_home"))
    found = steps(response)
    assert len(found) == 9
    assert not any(done for done, _leads in found.values())
    # Objectives hang on a plan, actions on objectives: no link leads to a form that cannot be filled in.
    assert [title for title, (_done, leads) in found.items() if not leads] == ["Gli obiettivi", "Le azioni"]
    add_vision = next(step.url for step in _panel(response).steps if step.title == "La visione")
    assert f'href="{add_vision}"' in response.content.decode()
    assert client.get(add_vision).status_code == 200
    vision(live=False)
    assert VisionPage.objects.filter(live=False).exists()
    assert steps(client.get(reverse("wagtailadmin_home")))["La visione"] == (True, True)


def test_it_goes_away_when_each_step_is_taken(client):
    client.force_login(staff(roles.AUTHORS))
    full_project(), vision(), body(), call(), event()
    make_action(make_objective(make_plan(axes=1).axes.get(code="A1")))
    missing = [title for title, (done, _leads) in steps(client.get(reverse("wagtailadmin_home"))).items() if not done]
    if missing:  # what the factories leave out, a person writes
        assert missing == ["I territori"]
    from portal.registry.enums import TerritoryKind
    from portal.registry.models import Territory

    Territory.objects.create(name="Valli", slug="valli", kind=TerritoryKind.INNER_AREA)
    assert steps(client.get(reverse("wagtailadmin_home"))) == {}


def test_who_writes_no_pages_does_not_see_it(client):
    client.force_login(staff(roles.DESK_OPERATORS))
    assert steps(client.get(reverse("wagtailadmin_home"))) == {}


def test_an_empty_list_says_what_to_do(client):
    client.force_login(staff(roles.AUTHORS))
    project_index()
    assert "comincia da «Aggiungi»" in client.get(reverse("progetti:index")).content.decode()
    assert "Nessuna pagina risponde" in client.get(reverse("progetti:index"), {"q": "zzz"}).content.decode()
    full_project()
    assert "comincia da" not in client.get(reverse("progetti:index")).content.decode()


def _panel(response):
    return next(panel for panel in response.context["panels"] if panel.name == "beginning")
