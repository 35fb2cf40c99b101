"""Meetings, decisions and appointments: what is shown, what never is, and what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from progetti.enums import AgeBand, CarryingOut, DecisionOutcome
from progetti.governance_reading import chart, present_and_past, young_share
from progetti.models import AgendaItem, BodyMember, DecisionPage, MeetingAttendee
from tests.factories import progetti as make
from tests.factories.home import event_index
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db

SECRET = "Zefferino Quaglia"


def today():
    return timezone.localdate()


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


class TestNames:
    @pytest.mark.indexed
    def test_without_consent_nobody_is_named_anywhere(self, client):
        body = make.body()
        body.members = [BodyMember(person_name=SECRET, role="presidente"), BodyMember(person_name="Anna", consent=True)]
        body.save()
        meeting = make.meeting(meeting_of=body, others_present=2)
        meeting.attendees = [MeetingAttendee(person_name=SECRET), MeetingAttendee(person_name="Anna", consent=True)]
        meeting.save()
        page = read(client, body)
        assert "Anna" in page
        assert "una persona (presidente)" in page
        assert "3 altre persone" in read(client, meeting)
        for address in (body.url, meeting.url, "/governance/", "/governance/sedute/", "/sitemap.xml"):
            assert SECRET not in client.get(address).content.decode(), address
        assert not client.get("/cerca/", {"q": SECRET}).context["found"]

    def test_str_names_nobody_either(self):
        assert SECRET not in str(BodyMember(person_name=SECRET))
        assert SECRET not in str(MeetingAttendee(person_name=SECRET))

    @pytest.mark.indexed
    def test_a_meeting_behind_closed_doors_shows_its_decisions_only(self, client):
        meeting = make.meeting(is_public=False, minutes=[("paragraph", "<p>Parole riservate</p>")])
        meeting.agenda = [AgendaItem(title="Punto riservato")]
        meeting.attendees = [MeetingAttendee(organisation=OrganisationFactory(name="Presente riservato"))]
        meeting.save()
        make.decision(taken_by=meeting.meeting_of, meeting=meeting, title="Quello che si è deciso")
        page = read(client, meeting)
        assert "Quello che si è deciso" in page
        assert "riservat" not in page.replace("Seduta riservata", "")
        assert client.get(reverse("meeting_calendar", args=[meeting.slug])).status_code == 404
        assert "Parole riservate" not in client.get("/cerca/?q=riservate").content.decode()


class TestAppointments:
    def test_who_sits_there_now_and_who_did(self, client):
        body = make.body()
        day = timedelta(days=1)
        body.members = [
            BodyMember(person_name="Ora", consent=True, since=today(), until=today()),
            BodyMember(person_name="Prima", consent=True, until=today() - day),
            BodyMember(person_name="Dopo", consent=True, since=today() + day),
        ]
        present, past = present_and_past(body.members.all(), today())
        assert [member.person_name for member in present] == ["Ora"]
        assert [member.person_name for member in past] == ["Prima"]
        body.save()
        assert "Dopo" not in read(client, body)

    @pytest.mark.parametrize(("bands", "shown"), [(4, False), (5, True)])
    def test_the_share_of_the_young_needs_five_who_say_their_age(self, client, bands, shown):
        body = make.body()
        body.members = [
            BodyMember(person_name=f"P{n}", age_band=AgeBand.FROM_18 if n < 2 else AgeBand.FROM_50)
            for n in range(bands)
        ] + [BodyMember(person_name="Non lo dice")]
        body.save()
        share = young_share(body.members.all())
        assert (share is not None) is shown
        assert ("Under 35: 2 su 5" in read(client, body)) is shown
        if share:
            assert share.percent == 40

    def test_an_appointment_does_not_end_before_it_begins(self):
        body = make.body()
        with pytest.raises(IntegrityError, match="body_member_until_after_since"), transaction.atomic():
            BodyMember.objects.create(
                page=body, person_name="X", since=today(), until=today() - timedelta(days=1), sort_order=0
            )


class TestChart:
    def test_bodies_hang_below_those_they_depend_on(self, client):
        top = make.body(title="Assemblea")
        middle = make.body(title="Tavolo", parent_body=top)
        make.body(title="Gruppo", parent_body=middle)
        make.body(title="Sciolto", parent_body=top, ended_on=today() - timedelta(days=1))
        page = read(client, make.governance_index())
        tree = page.split('id="organigramma"')[1].split("</section>")[0]
        assert tree.index("Assemblea") < tree.index("Tavolo") < tree.index("Gruppo")
        assert tree.count("<ul>") == 3
        assert "Sciolto" not in tree

    def test_a_circle_loses_nobody(self):
        one, two = make.body(), make.body()
        one.parent_body, two.parent_body = two, one

        def count(nodes):
            return sum(1 + count(node.children) for node in nodes)

        assert count(chart([one, two])) == 2


class TestDecisions:
    def test_from_the_vote_to_what_came_of_it(self, client):
        body, project = make.body(), make.project(title="Il progetto nato")
        meeting = make.meeting(meeting_of=body)
        decision = make.decision(taken_by=body, meeting=meeting, number="7", title="Aprire il centro", reason="Serve")
        decision.projects = [project]
        decision.save()
        page = read(client, decision)
        for words in ("Il progetto nato", body.title, meeting.title, "Serve", f"Decisione 7 del {decision.date.year}"):
            assert words in page
        for other in (body, meeting, project):
            assert "Aprire il centro" in read(client, other)

    def test_a_later_decision_says_that_the_first_is_over(self, client):
        first = make.decision()
        make.decision(taken_by=first.taken_by, replaces=first, title="Quella nuova")
        assert "Quella nuova" in read(client, first)

    def test_late_is_computed(self):
        yesterday = today() - timedelta(days=1)
        late = make.decision(due=yesterday)
        others = [
            make.decision(due=today()),
            make.decision(due=yesterday, carrying_out=CarryingOut.DONE),
            make.decision(due=yesterday, carrying_out=CarryingOut.DROPPED),
            make.decision(due=yesterday, outcome=DecisionOutcome.REJECTED),
            make.decision(),
        ]
        assert late.is_late
        assert not any(decision.is_late for decision in others)
        assert list(DecisionPage.objects.late(today())) == [late]

    def test_the_body_counts_what_it_took_carried_out_and_left_late(self, client):
        body = make.body()
        for number in range(7):
            make.decision(taken_by=body, carrying_out=CarryingOut.DONE if number < 3 else CarryingOut.TO_START)
        make.decision(taken_by=body, due=today() - timedelta(days=1))
        make.decision(taken_by=body, outcome=DecisionOutcome.REJECTED)
        page = read(client, body)
        assert '<strong class="number">8</strong> approvate' in page
        assert '<strong class="number">3</strong> attuate' in page
        assert '<strong class="number">1</strong> in ritardo' in page
        assert f"/governance/decisioni/?organo={body.slug}" in page

    def test_two_decisions_of_a_body_have_not_the_same_number_in_a_year(self):
        first = make.decision(number="3")
        again = DecisionPage(
            title="Un'altra", slug="altra", short_description="x", taken_by=first.taken_by, number="3", date=first.date
        )
        with pytest.raises(ValidationError, match="stesso anno"):
            again.clean()
        again.date = first.date - timedelta(days=366)
        again.clean()

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"due": -1}, "due"),
            ({"carrying_out": "done", "done_on": -1}, "done_on"),
            ({"carrying_out": "under_way", "done_on": 1}, "done_on"),
        ],
    )
    def test_dates_that_make_no_sense_are_told_at_the_field_and_refused_by_the_database(self, values, field):
        decision = make.decision()
        for name, value in values.items():
            days = decision.date + timedelta(days=value) if isinstance(value, int) else value
            setattr(decision, name, days)
        with pytest.raises(ValidationError) as error:
            decision.clean()
        assert set(error.value.message_dict) == {field}
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE progetti_decisionpage SET due = %s, done_on = %s, carrying_out = %s WHERE page_ptr_id = %s",
                [decision.due, decision.done_on, decision.carrying_out, decision.pk],
            )

    def test_the_meeting_is_of_the_same_body(self):
        decision = make.decision()
        decision.meeting = make.meeting()
        with pytest.raises(ValidationError, match="altro organo"):
            decision.clean()

    def test_a_vision_and_a_plan_name_the_decision_that_approved_them(self, client):
        decision = make.decision(number="12")
        vision, plan = make.vision(approved_by=decision), make.plan(approved_by=decision)
        for page in (vision, plan):
            assert decision.label in read(client, page)
        decision.unpublish()
        for page in (vision, plan):
            assert decision.url not in read(client, page)


class TestRegister:
    def test_the_filters(self, client):
        yesterday = today() - timedelta(days=1)
        one = make.decision(title="Prima del bosco", due=yesterday)
        make.decision(title="Seconda", outcome=DecisionOutcome.REJECTED)
        make.decision(title="Terza", carrying_out=CarryingOut.DONE)
        for query, titles in (
            ("", {"Prima del bosco", "Seconda", "Terza"}),
            (f"organo={one.taken_by.slug}", {"Prima del bosco"}),
            ("esito=rejected", {"Seconda"}),
            ("attuazione=done", {"Terza"}),
            ("ritardo=si", {"Prima del bosco"}),
            ("q=bosco", {"Prima del bosco"}),
            (f"anno={one.date.year}", {"Prima del bosco", "Seconda", "Terza"}),
            ("anno=1999", {"Prima del bosco", "Seconda", "Terza"}),
        ):
            response = client.get(f"/governance/decisioni/?{query}")
            assert {item.title for item in response.context["results"]} == titles, query
        assert "non è in questo elenco" in client.get("/governance/decisioni/?anno=1999").content.decode()

    def test_meetings_ahead_and_past(self, client):
        make.meeting(title="Tenuta")
        make.meeting(title="In arrivo", start=timezone.now() + timedelta(days=3))
        for query, titles in (("quando=in-programma", {"In arrivo"}), ("quando=gia-tenute", {"Tenuta"})):
            response = client.get(f"/governance/sedute/?{query}")
            assert {item.title for item in response.context["results"]} == titles


class TestCalendar:
    def test_public_meetings_ahead_are_in_the_calendar(self, client):
        ahead = make.meeting(start=timezone.now() + timedelta(days=3), end=timezone.now() + timedelta(days=3, hours=2))
        make.meeting()
        make.meeting(start=timezone.now() + timedelta(days=3), is_public=False)
        event_index()
        calendar = Calendar.from_ical(client.get("/eventi/calendario.ics").content)
        assert [str(item["uid"]) for item in calendar.events] == [str(ahead.translation_key)]
        one = Calendar.from_ical(client.get(reverse("meeting_calendar", args=[ahead.slug])).content)
        assert str(one.events[0]["summary"]) == ahead.title
        assert reverse("meeting_calendar", args=[ahead.slug]) in read(client, ahead)

    def test_a_meeting_ends_after_it_starts(self):
        meeting = make.meeting()
        meeting.end = meeting.start - timedelta(hours=1)
        with pytest.raises(ValidationError, match="prima di cominciare"):
            meeting.clean()


class TestVoices:
    def test_of_a_minor_the_first_name_only_and_of_others_if_they_agree(self, client):
        vision = make.vision(
            voices=[
                ("voice", {"quote": "Uno", "author": "Lia Cognomesegreto", "age_band": "under_18", "consent": True}),
                ("voice", {"quote": "Due", "author": "Non Nominarmi", "age_band": "", "consent": False}),
                ("voice", {"quote": "Tre", "author": "Aldo Rossi", "age_band": "65_up", "consent": True}),
            ],
            building=[("step", {"date": today(), "title": "Assemblea", "people": 40}), ("step", {"title": "Giro"})],
        )
        page = read(client, vision)
        assert "Lia, Meno di 18 anni" in page
        assert "Cognomesegreto" not in page
        assert "Nominarmi" not in page
        assert "Aldo Rossi" in page
        assert "Hanno partecipato 40 persone" in page
