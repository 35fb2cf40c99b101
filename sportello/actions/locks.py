"""The order in which rows are locked: the account, hosts by id, the young person, offers by id, applications by id.

Who moves a waiting line counts how many people its host has, on all of its offers: the host comes first, or two lines
would each count without the other. `no_key` everywhere: rows that only point to a locked one do not wait for it.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import transaction

from ..models import Application, Host, Offer, YouthProfile


def lock_account(user):
    """Lock an account and read it again."""
    return get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def lock_hosts(ids: Iterable[int]) -> set[int]:
    """Lock hosts in the order of their ids; return the ids."""
    rows = Host.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def lock_youth(youth_id: int) -> YouthProfile:
    """Lock a young person and read them again: for what touches no host of theirs, or one that is locked already."""
    return YouthProfile.objects.select_for_update(no_key=True).get(pk=youth_id)


def lock_person(youth_id: int) -> YouthProfile:
    """Lock every host at which a young person has something under way, then the person: for what may end all of it."""
    while True:
        with transaction.atomic():
            hosts = lock_hosts(_hosts_of(youth_id))
            youth = lock_youth(youth_id)
            if _hosts_of(youth_id) <= hosts:
                return youth
            # They have just applied to one more: let go of everything, the person may not be locked before a host.
            transaction.set_rollback(True)


def lock_applications(ids: Iterable[int]) -> dict[int, Application]:
    """Lock offers, then applications, each in the order of their ids; return the applications by id."""
    ids = list(ids)
    offer_ids = list(Application.objects.filter(pk__in=ids).values_list("offer_id", flat=True))
    locked_offers = Offer.objects.select_for_update(no_key=True).filter(pk__in=offer_ids).order_by("pk")
    offers = {offer.pk: offer for offer in locked_offers}
    applications = Application.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    locked = {}
    for application in applications:
        application.offer = offers[application.offer_id]
        locked[application.pk] = application
    return locked


def _hosts_of(youth_id: int) -> set[int]:
    return set(Application.objects.filter(youth_id=youth_id).active().values_list("offer__host_id", flat=True))
