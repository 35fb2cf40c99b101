"""Many calls at once, with acts, topics, territories and recipients: straight into the tables."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Page

from bandi.enums import CallActKind, CallKind
from bandi.models import CallAct, CallIndexPage, CallPage, Recipient
from portal.registry.models import Organisation, Territory, Topic

BATCH = 500


@transaction.atomic
def make_calls(index: CallIndexPage, count: int) -> None:
    """Make live calls below the list: two in five are open, one in seven has an act, all are filed under something.

    Pages of a type of their own cannot be made in bulk by Django (they live in two tables), so each table is filled.
    """
    now, kind = timezone.now(), ContentType.objects.get_for_model(CallPage)
    bodies = [Organisation(name=f"Ente {n}", slug=f"ente-{n}") for n in range(40)]
    topics = [Topic(name=f"Argomento {n}", name_en=f"Topic {n}", slug=f"argomento-{n}") for n in range(20)]
    places = [Territory(name=f"Valle {n}", slug=f"valle-di-prova-{n}") for n in range(60)]
    people = [Recipient(name=f"Destinatari {n}", name_en=f"Recipients {n}", slug=f"destinatari-{n}") for n in range(9)]
    for model, rows in ((Organisation, bodies), (Topic, topics), (Territory, places), (Recipient, people)):
        model.objects.bulk_create(rows)
    calls = []
    for number in range(count):
        deadline = now + timedelta(days=number % 500 - 300)
        calls.append(
            CallPage(
                title=f"Bando {number} per i giovani" if number % 3 else f"Avviso {number}",
                slug=f"prova-{number}",
                short_description=f"Che cosa offre il bando {number}.",
                path=Page._get_path(index.path, index.depth + 1, index.numchild + number + 1),
                depth=index.depth + 1,
                url_path=f"{index.url_path}prova-{number}/",
                content_type=kind,
                locale=index.locale,
                live=True,
                first_published_at=now,
                last_published_at=now,
                kind=CallKind.values[number % len(CallKind.values)],
                opening=deadline - timedelta(days=60),
                deadline=deadline,
                maximum_grant=1000 * (number % 90 + 1),
                issuing_body=bodies[number % len(bodies)],
                body="[]",
            )
        )
        calls[-1].draft_title = calls[-1].title
    fields = Page._meta.local_concrete_fields
    first = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for number, call in enumerate(calls):
        call.pk = call.id = call.page_ptr_id = first + number
    for model, columns in ((Page, fields), (CallPage, CallPage._meta.local_concrete_fields)):
        for start in range(0, count, BATCH):
            query = InsertQuery(model)
            query.insert_values(columns, calls[start : start + BATCH], raw=True)
            query.get_compiler(connection=connection).execute_sql()
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    through = (
        (CallPage.topics, "topic_id", topics),
        (CallPage.territories, "territory_id", places),
        (CallPage.recipients, "recipient_id", people),
    )
    for relation, column, things in through:
        model = relation.through
        model.objects.bulk_create(
            [model(callpage_id=call.pk, **{column: things[n % len(things)].pk}) for n, call in enumerate(calls)],
            batch_size=BATCH,
        )
    CallAct.objects.bulk_create(
        [
            CallAct(
                page_id=call.pk,
                locale=index.locale,
                kind=CallActKind.EXTENSION if n % 2 else CallActKind.SUSPENSION,
                date=(call.deadline - timedelta(days=10)).date(),
                new_deadline=call.deadline + timedelta(days=20) if n % 2 else None,
                reason="Motivo",
            )
            for n, call in enumerate(calls)
            if n % 7 == 0
        ],
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        # What a database that has been running for a while knows about its tables.
        cursor.execute("ANALYZE")
    if connection.vendor == "postgresql":
        _move_the_counter(first + count)


def _move_the_counter(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), %s)", [number])
