"""Every letter of a round, in Italian and English."""

import pytest

from sportello.enums_rounds import RoundState
from sportello.models import (
    MatchRound,
)
from tests.factories.rounds import add_list, bring_to, make_round, offers_of
from tests.factories.sportello import (
    YouthFactory,
)

pytestmark = pytest.mark.django_db
R = RoundState


@pytest.mark.parametrize("language", ["it", "en"])
def test_letters(language, django_capture_on_commit_callbacks, mailoutbox):
    match_round = make_round(R.DRAFT, offers=1, name="Estate segreta")
    person = YouthFactory(desk=match_round.desk, language=language)
    (row,) = offers_of(match_round)
    row.offer.host.memberships.update(language=language)
    words = {
        "it": ("È aperta una tornata", "Metti in fasce", "Il risultato della tornata", "annullata", "Hai tempo fino a"),
        "en": ("round", "bands", "result", "cancelled", "until"),
    }[language]
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(match_round, R.OPEN)
    add_list(match_round, 0, youth=person)
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(match_round, R.PUBLISHED)
    subjects = " | ".join(letter.subject for letter in mailoutbox)
    assert words[0].lower() in subjects.lower()
    assert words[1].lower() in subjects.lower()
    assert words[2].lower() in subjects.lower()
    assert "Estate segreta" not in subjects
    opened = next(letter for letter in mailoutbox if letter.to == [person.user.email])
    assert words[4].lower() in opened.body.lower()
    assert f"/area/giovane/tornate/{match_round.pk}/" in opened.body
    assert opened.alternatives[0].mimetype == "text/html"
    result = [letter for letter in mailoutbox if letter.to == [person.user.email]][-1]
    # The result itself is on the page, behind the sign-in.
    assert row.offer.title not in result.body
    other = add_and_return(make_round(offers=1), language)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(other, R.CANCELLED)
    assert len(mailoutbox) == 2
    for letter in mailoutbox:
        assert words[3] in letter.subject
        assert "Non ci sono abbastanza offerte." in letter.body


def add_and_return(match_round: MatchRound, language: str) -> MatchRound:
    add_list(match_round, 0, language=language)
    match_round.offers.first().offer.host.memberships.update(language=language)
    return match_round
