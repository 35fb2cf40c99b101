"""Two runs of the followers' letters at once, on PostgreSQL: each follower is written to once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from home.project_news import tell_followers
from progetti.models import ProjectFollower
from tests.factories.home import news
from tests.factories.progetti import project
from tests.helpers.races import REPEATS, race

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time"),
]


def test_two_runs_at_once_write_to_each_follower_once():
    page = project(title="Bosco vivo", slug="bosco")
    story = news(project=page, title="Si pianta")
    type(story).objects.update(first_published_at=timezone.now() - timedelta(days=1))
    addresses = [f"persona{number}@example.org" for number in range(8)]
    for _repeat in range(REPEATS):
        mail.outbox.clear()
        moment = timezone.now() - timedelta(days=10)
        ProjectFollower.objects.all().delete()
        ProjectFollower.objects.bulk_create(
            ProjectFollower(project=page, email=address, asked_at=moment, confirmed_at=moment, told_until=moment)
            for address in addresses
        )
        told = race(tell_followers, tell_followers, tell_followers)
        assert sum(told) == len(addresses)
        assert sorted(letter.to[0] for letter in mail.outbox) == addresses
        assert not ProjectFollower.objects.filter(told_until__lte=moment).exists()
