"""Forms of the registry: the address from the name, municipalities by name, an organisation written while choosing."""

import pytest
from django.urls import reverse

from home.roles import ensure_roles
from portal.registry.enums import OrganisationKind, TerritoryKind
from portal.registry.models import Municipality, Organisation, Territory
from portal.users import roles
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

ADD_TERRITORY = "/admin/snippets/registry/territory/add/"


@pytest.fixture
def author(client):
    ensure_roles()
    client.force_login(UserFactory(groups=(roles.AUTHORS,)))
    names = [("017001", "Livo", "CO"), ("022001", "Livo", "TN"), ("001078", "Chieri", "TO")]
    Municipality.objects.bulk_create(
        Municipality(
            istat_code=code, name=name, province=province, province_code=province, region="x",
            latitude=45, longitude=9, population=10, population_15_29=1,
        )
        for code, name, province in names
    )  # fmt: skip
    return client


def post(client, names: str, **more):
    data = {"name": "Le Valli", "kind": TerritoryKind.UNION, "slug": "", "region": "", "municipality_names": names}
    return client.post(ADD_TERRITORY, {**data, **more})


def test_a_territory_is_written_with_the_names_of_its_municipalities(author):
    assert post(author, "chieri\n\nLivo (tn)\nChieri").status_code == 302
    territory = Territory.objects.get()
    assert territory.slug == "le-valli"
    assert [str(item) for item in territory.municipalities.order_by("name")] == ["Chieri (TO)", "Livo (TN)"]
    assert territory.map_codes == ["001078", "022001"]
    page = author.get(reverse(territory.snippet_viewset.get_url_name("edit"), args=[territory.pk]))
    assert page.context["form"].initial["municipality_names"] == "Chieri (TO)\nLivo (TN)"
    # A second one of the same name gets another address.
    assert post(author, "").status_code == 302
    assert set(Territory.objects.values_list("slug", flat=True)) == {"le-valli", "le-valli-2"}


def test_what_is_no_municipality_is_named_and_nothing_is_lost(author):
    response = post(author, "Chieri\nLivo\nChierri")
    assert response.status_code == 200
    errors = response.context["form"].errors["municipality_names"]
    assert len(errors) == 2
    assert "CO, TN" in errors[0]
    assert "Chierri" in errors[1]
    assert "Chierri</textarea>" in response.content.decode()
    assert not Territory.objects.exists()


def test_an_organisation_is_written_while_choosing_one(author):
    viewset = Organisation.snippet_viewset.chooser_viewset
    page = author.get(reverse(viewset.get_url_name("choose"))).json()["html"]
    assert "Nuova organizzazione" in page
    prefix = "new-organisation"
    assert f'name="{prefix}-name"' in page
    data = {f"{prefix}-name": "Comune di Chieri", f"{prefix}-kind": OrganisationKind.MUNICIPALITY}
    answer = author.post(reverse(viewset.get_url_name("create")), data).json()
    organisation = Organisation.objects.get()
    assert organisation.slug == "comune-di-chieri"
    assert answer["result"]["string"] == "Comune di Chieri"
    assert author.post(reverse(viewset.get_url_name("create")), {}).json()["step"] == "reshow_creation_form"
    assert Organisation.objects.count() == 1
