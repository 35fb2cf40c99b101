"""The pages of an application from both sides: drafts, answers, meetings, messages, the waiting list."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from portal.pages.words import moment_words
from sportello.actions import (
    applications,
    applications_desk,
    applications_host,
    applications_interviews,
    applications_messages,
    offer_life,
)
from sportello.application_enums import InterviewState
from sportello.enums import ApplicationState, OfferState
from sportello.errors import GuardRefused
from sportello.models import Application, ApplicationMessage, Host, InterviewSlot, Offer
from tests.factories.applications import in_days, make_shortlisted, propose
from tests.factories.sportello import HostFactory, YouthFactory, make_application, make_offer, operator_of, owner_of
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
S = ApplicationState


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def page(client: StrictClient, name: str, *args) -> str:
    response = client.get(reverse(f"area:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def sent_by(django_capture_on_commit_callbacks, act) -> list:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act()
    return list(mail.outbox)


@pytest.mark.parametrize("hidden", ["closed", "suspended", "paused", "over"])
def test_what_one_applied_to_can_be_read_again(hidden):
    offer = make_offer(summary="Si impara a fare uno sgabello.")
    row = make_application(offer)
    client, link = signed_in(row.youth.user), f'href="{offer.get_absolute_url()}"'
    today = timezone.localdate()
    assert link in page(client, "youth_application", row.pk)
    if hidden == "paused":
        Host.objects.filter(pk=offer.host_id).update(paused_until=today)
        assert "In pausa" in page(signed_in(owner_of(offer.host)), "host_inbox")
    elif hidden == "over":
        Offer.objects.filter(pk=offer.pk).update(start_date=today - timedelta(2), end_date=today - timedelta(1))
    elif hidden == "closed":
        offer_life.close_offer(offer, owner_of(offer.host))
    else:
        offer_life.suspend_offer(offer, operator_of(offer.desk), "Da rivedere.")
    assert client.get(offer.get_absolute_url()).status_code == 404
    # No link that leads nowhere, for either side: the words are here.
    text = page(client, "youth_application", row.pk)
    assert link not in text
    assert "Si impara a fare uno sgabello." in text
    assert link not in page(signed_in(owner_of(offer.host)), "host_offer", offer.pk)


class TestDrafts:
    def test_left_gone_on_with_and_sent(self):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        client, url = signed_in(young.user), reverse("area:youth_apply", args=[offer.pk])
        response = client.post(url, {"motivation": "Mi piace il le", "save": "1"})
        assert response.url == reverse("area:youth_applications")
        row = Application.objects.get()
        assert (row.state, row.submitted_at) == (S.DRAFT, None)
        assert "Bozza" in page(client, "youth_applications")
        assert "Mi piace il le" in client.get(url).content.decode()
        assert client.get(reverse("area:youth_application", args=[row.pk])).url == url
        # Nobody else knows, and another save writes in the same draft.
        assert row not in Application.objects.for_hosts([offer.host_id])
        client.post(url, {"motivation": "", "save": "1"})
        assert Application.objects.get().motivation == ""
        refused = client.post(url, {"motivation": ""}).content.decode()
        assert "bastano poche righe" in refused
        client.post(url, {"motivation": "Mi piace il legno."})
        row.refresh_from_db()
        assert (row.state, row.motivation) == (S.SUBMITTED, "Mi piace il legno.")
        assert list(row.events.values_list("from_state", "to_state")) == [("", "draft"), ("draft", "submitted")]
        assert client.get(url).url == reverse("area:youth_application", args=[row.pk])

    def test_an_offer_that_closes_keeps_what_was_written(self):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        applications.save_draft(young, offer, "Parole mie", young.user)
        Offer.objects.filter(pk=offer.pk).update(state=OfferState.PAUSED)
        client, url = signed_in(young.user), reverse("area:youth_apply", args=[offer.pk])
        text = client.get(url).content.decode()
        assert "Parole mie" in text
        assert "non accetta più candidature" in text
        assert "<textarea" not in text

    def test_thrown_away_and_begun_again(self):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        row = applications.save_draft(young, offer, "Parole mie", young.user)
        # What is not sent yet nobody reads, not even the desk.
        desk = signed_in(operator_of(offer.desk)).get(reverse("sportello_application:inspect", args=[row.pk]))
        assert "non ancora inviata" in desk.content.decode()
        assert "Parole mie" not in desk.content.decode()
        client = signed_in(young.user)
        client.post(reverse("area:youth_application_discard", args=[row.pk]))
        row.refresh_from_db()
        assert (row.state, row.motivation) == (S.WITHDRAWN, "")
        assert offer.title not in page(client, "youth_applications")
        assert applications.apply(young, offer, "Ci riprovo.", young.user).state == S.SUBMITTED

    def test_sent_back_by_the_desk(self, django_capture_on_commit_callbacks):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        client, url = signed_in(young.user), reverse("area:youth_apply", args=[offer.pk])
        client.post(url, {"motivation": "Chiamami al 333 1234567."})
        row = Application.objects.get()
        assert (row.state, row.review_causes) == (S.IN_REVIEW, ["contacts"])
        assert "Lo Sportello" in page(client, "youth_application", row.pk)
        host_page = signed_in(owner_of(offer.host)).get(reverse("area:host_application", args=[row.pk]))
        assert host_page.status_code == 404
        (letter,) = sent_by(
            django_capture_on_commit_callbacks,
            lambda: applications_desk.return_to_draft(row, operator_of(offer.desk), "Togli il numero di telefono."),
        )
        assert "Togli il numero di telefono." in letter.body
        again = client.get(url).content.decode()
        assert "Togli il numero di telefono." in again
        assert "Chiamami al 333" in again


class TestAnswers:
    def test_a_no_from_a_text_written_before(self, django_capture_on_commit_callbacks):
        row = make_application(youth=YouthFactory(user__first_name="Marta"))
        client, url = signed_in(owner_of(row.offer.host)), reverse("area:host_application_reject", args=[row.pk])
        start = client.get(f"{url}?testo=orari").content.decode()
        assert "Ciao Marta" in start
        assert "non combaciano" in start
        values = {"message": "Ciao Marta, stavolta no.", "reason": "Cerchiamo qualcuno il sabato."}
        empty = client.post(url, values | {"reason": " "}).content.decode()
        assert "chi lo riceve deve poterlo capire" in empty
        assert "Ciao Marta, stavolta no." in empty
        (letter,) = sent_by(django_capture_on_commit_callbacks, lambda: client.post(url, values))
        young = signed_in(row.youth.user)
        for text in (letter.body, letter.alternatives[0][0], page(young, "youth_application", row.pk)):
            assert "Ciao Marta, stavolta no." in text
            assert "il sabato" not in text
        assert "il sabato" in page(client, "host_application", row.pk)

    @pytest.mark.parametrize(("share", "seen"), [(True, True), (False, False)])
    def test_the_reason_is_read_only_if_it_is_shared(self, share, seen):
        row = make_application()
        applications_host.reject(row, owner_of(row.offer.host), "Cerchiamo qualcuno il sabato.", share=share)
        text = page(signed_in(row.youth.user), "youth_application", row.pk)
        assert ("il sabato" in text) is seen
        assert "grazie per la tua candidatura" in text

    def test_waiting_list_and_the_seat_that_comes_free(self, django_capture_on_commit_callbacks):
        offer = make_offer(seats_count=1)
        owner = owner_of(offer.host)
        first, second = make_shortlisted(offer), make_shortlisted(offer)
        applications_host.offer_seat(first, owner)
        client = signed_in(owner)
        assert "Metti in lista" in page(client, "host_application", second.pk)
        client.post(reverse("area:host_application_waitlist", args=[second.pk]), {"message": "Un attimo."})
        second.refresh_from_db()
        assert second.state == S.WAITLISTED
        assert "È la prima persona in lista" in page(client, "host_application", second.pk)
        letters = sent_by(
            django_capture_on_commit_callbacks,
            lambda: signed_in(first.youth.user).post(reverse("area:youth_application_decline", args=[first.pk])),
        )
        second.refresh_from_db()
        assert (second.state, second.seat.n) == (S.OFFERED, 1)
        assert second.events.last().actor == "system"
        assert any(letter.to == [second.youth.user.email] and "liberato" in letter.subject for letter in letters)
        offer.refresh_from_db()
        assert offer.state == OfferState.FULL


class TestMeetings:
    def test_from_the_proposal_to_both_calendars(self, django_capture_on_commit_callbacks):
        row = make_application()
        owner = owner_of(row.offer.host)
        host, young = signed_in(owner), signed_in(row.youth.user)
        done = host.post(reverse("area:host_application_shortlist", args=[row.pk]), {"message": "Ciao!"})
        url = reverse("area:host_application_interviews", args=[row.pk])
        assert done.url == url
        values = {"minutes": "30", "place": "In bottega", "time_1": "2020-01-01T10:00", "time_2": "boh"}
        wrong = host.post(url, values).content.decode()
        assert "È già passato" in wrong
        assert "Scrivi giorno e ora" in wrong
        assert not InterviewSlot.objects.exists()
        moment = in_days(4)
        times = {"time_1": f"{moment:%Y-%m-%dT%H:%M}", "time_2": f"{in_days(5):%Y-%m-%dT%H:%M}"}
        (letter,) = sent_by(django_capture_on_commit_callbacks, lambda: host.post(url, values | times))
        assert letter.to == [row.youth.user.email]
        slot = InterviewSlot.objects.get(starts_at=moment)
        pick = reverse("area:youth_interview_pick", args=[slot.pk])
        assert pick in page(young, "youth_application", row.pk)
        assert "Scegli quando" in page(young, "youth_applications")
        # Until one is picked it is the young person's turn, and nobody else's.
        assert "ti propone quando incontrarvi" in page(young, "home")
        inbox = page(host, "host_inbox")
        assert "Nessuna candidatura in attesa" in inbox
        assert "Sceglie quando incontrarvi" in inbox
        assert "arrivata oggi" not in page(host, "host_application", row.pk)
        letters = sent_by(django_capture_on_commit_callbacks, lambda: young.post(pick))
        assert {letter.to[0] for letter in letters} == {row.youth.user.email, owner.email}
        for letter in letters:
            (name, content, kind) = letter.attachments[0]
            entry = Calendar.from_ical(content).events[0]
            assert (name, kind.split(";")[0]) == ("incontro.ics", "text/calendar")
            assert (entry.start, entry.end) == (moment, moment + timedelta(minutes=30))
            assert row.youth.user.last_name not in content
        for client, side in ((young, "youth"), (host, "host")):
            response = client.get(reverse(f"area:{side}_interview_calendar", args=[slot.pk]))
            assert Calendar.from_ical(response.content)["method"] == "PUBLISH"
            assert "In bottega" in page(client, f"{side}_application", row.pk)
        row.refresh_from_db()
        assert row.days_waiting(timezone.now()) < 0
        assert row.events.filter(kind="interview_picked").exists()
        # A meeting that is fixed is not asked for again, in the list, at home or on its page.
        for name, args in (("youth_applications", ()), ("home", ()), ("youth_application", (row.pk,))):
            assert "propongono quando" not in page(young, name, *args)
        assert f"Vi incontrate {moment_words(moment)}." in page(young, "youth_applications")
        letters = sent_by(
            django_capture_on_commit_callbacks,
            lambda: young.post(
                reverse("area:youth_interview_cancel", args=[slot.pk]), {"reason": "Ho un esame, va bene il 9?"}
            ),
        )
        assert all(Calendar.from_ical(letter.attachments[0][1])["method"] == "CANCEL" for letter in letters)
        again = page(host, "host_application", row.pk)
        assert "Ho un esame" in again
        assert "Proponi quando incontrarvi" in again

    def test_a_host_is_not_in_two_places(self):
        host = HostFactory()
        one, two = make_shortlisted(make_offer(host)), make_shortlisted(make_offer(host))
        (first,), (second,) = propose(one, 4), propose(two, 4)
        applications_interviews.pick(first, one.youth.user)
        response = signed_in(two.youth.user).post(reverse("area:youth_interview_pick", args=[second.pk]), follow=True)
        assert "appena preso un&#x27;altra persona" in response.content.decode()
        second.refresh_from_db()
        assert second.state == InterviewState.PROPOSED

    def test_what_closes_takes_its_meeting_along(self, django_capture_on_commit_callbacks):
        row = make_shortlisted()
        (slot,) = propose(row, 4)
        applications_interviews.pick(slot, row.youth.user)
        letters = sent_by(django_capture_on_commit_callbacks, lambda: applications.withdraw(row, row.youth.user))
        slot.refresh_from_db()
        assert slot.state == InterviewState.CANCELLED
        assert sum(bool(letter.attachments) for letter in letters) == 2


class TestMessages:
    def test_to_and_fro(self, django_capture_on_commit_callbacks):
        row = make_application()
        owner = owner_of(row.offer.host)
        host, young = signed_in(owner), signed_in(row.youth.user)
        url = reverse("area:youth_application_messages", args=[row.pk])
        assert "Scrivi un messaggio prima" in young.post(url, {"text": " "}).content.decode()
        (letter,) = sent_by(
            django_capture_on_commit_callbacks, lambda: young.post(url, {"text": "Si arriva in autobus?"})
        )
        assert letter.to == [owner.email]
        assert "autobus" not in letter.body + letter.alternatives[0][0] + letter.subject
        # Two in a row are one letter.
        assert not sent_by(django_capture_on_commit_callbacks, lambda: young.post(url, {"text": "Il 13."}))
        assert "2 messaggi nuovi" in page(host, "host_inbox")
        assert "Hai 2 messaggi nuovi" in page(host, "host_application", row.pk)
        conversation = page(host, "host_application_messages", row.pk)
        assert "Si arriva in autobus?" in conversation
        assert "conversation__new" in conversation
        assert "messaggi nuovi" not in page(host, "host_inbox")
        assert "conversation__new" not in page(host, "host_application_messages", row.pk)
        host.post(reverse("area:host_application_messages", args=[row.pk]), {"text": "Sì, il 13."})
        assert "1 messaggio nuovo" in page(young, "youth_applications")
        applications_messages.write(row, operator_of(row.desk), "Ci siamo anche noi.")
        assert row.desk.name in page(young, "youth_application_messages", row.pk)

    def test_closed_means_read_only(self):
        row = make_application()
        applications.withdraw(row, row.youth.user)
        client, url = signed_in(row.youth.user), reverse("area:youth_application_messages", args=[row.pk])
        assert "qui si può solo rileggere" in client.get(url).content.decode()
        assert "La candidatura è chiusa" in client.post(url, {"text": "Ci ripenso"}).content.decode()
        assert not ApplicationMessage.objects.exists()

    def test_a_conversation_is_no_flood(self):
        row = make_application()
        many = [
            ApplicationMessage(application=row, side="youth", user=row.youth.user, text="Ciao?") for _n in range(30)
        ]
        ApplicationMessage.objects.bulk_create(many)
        client, url = signed_in(row.youth.user), reverse("area:youth_application_messages", args=[row.pk])
        answer = client.post(url, {"text": "E allora?"}).content.decode()
        assert "riprova domani" in answer
        assert "E allora?" in answer
        applications_messages.write(row, owner_of(row.offer.host), "Eccoci.")
        ApplicationMessage.objects.update(at=timezone.now() - timedelta(days=1, minutes=1))
        assert client.post(url, {"text": "E allora?"}).status_code == 302


def test_what_was_written_stays_when_a_seat_cannot_be_given():
    offer = make_offer(HostFactory(permanent_staff=3))
    row, owner = make_application(offer), owner_of(offer.host)
    client, address = signed_in(owner), reverse("area:host_application_offer", args=[row.pk])
    today = timezone.localdate()
    Offer.objects.filter(pk=offer.pk).update(start_date=today - timedelta(days=10))
    words = {"message": "Ti aspettiamo in bottega."}
    days = {"start_date": today - timedelta(days=1), "end_date": offer.end_date}
    answer = client.post(address, {**days, **words}).content.decode()
    assert "già passato" in answer
    assert words["message"] in answer
    with pytest.raises(GuardRefused) as refusal:
        applications_host.offer_seat(row, owner, days["start_date"], days["end_date"])
    assert refusal.value.code == "dates"
    applications_host.offer_seat(make_application(make_offer(offer.host)), owner)
    response = client.post(address, {**days, **words, "start_date": today + timedelta(days=31)})
    assert response.status_code == 200
    assert "scegli altri giorni" in response.content.decode()
    assert words["message"] in response.content.decode()
    row.refresh_from_db()
    assert row.state == S.SUBMITTED
