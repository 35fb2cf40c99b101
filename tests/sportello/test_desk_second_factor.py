"""Where a second factor is compulsory, nobody of the desk gets anywhere without one, not even an auditor."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from sportello.enums import DeskRole, HostState
from sportello.models import Host
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db

SCREENS = ("sportello_inbox:index", "sportello_queues:offers", "sportello_figures:index", "sportello_exports:log")


@pytest.mark.parametrize("role", DeskRole.values)
def test_without_it_there_is_only_the_page_that_sets_it_up(role, client, settings):
    settings.STAFF_SECOND_FACTOR = True
    user = make.make_operator(role=role)
    desk = user.desk_memberships.get().desk
    host = make.HostFactory(desk=desk, verified=False)
    client.force_login(user)
    for name in SCREENS:
        assert client.get(reverse(name))["Location"] == reverse("mfa_index"), name
    batch = {"azione": "verify", "riga": [f"verify:{host.pk}"], "confermo": "1"}
    assert client.post(reverse("sportello_inbox:batch"), batch)["Location"] == reverse("mfa_index")
    assert Host.objects.get(pk=host.pk).state == HostState.REGISTERED
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(reverse("sportello_figures:index")).status_code == 200
