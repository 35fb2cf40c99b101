"""The map of what is kept about people: for every key to a person, where they read it and what becomes of it.

A test walks Django's registry: whatever points to an account, and whatever hangs from a young person or from who
answers for them, must be here. So a new table cannot be forgotten by the download or by the forgetting.
"""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What becomes of a row when the person asks to be forgotten."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    """It stays, since figures or proofs need it, without a word or a name of the person."""
    KEPT = "kept"
    """It holds nothing of the person but a key to an account that has become nobody's."""


@dataclass(frozen=True, slots=True)
class Held:
    """One key to a person.

    Attributes:
        shown: the section of one's own data that has it (see `own_data.read`); empty if none.
        why: why it is in no section, or why it stays as it is.
    """

    fate: Fate
    shown: str = ""
    why: str = ""


D, E, K = Fate.DELETED, Fate.EMPTIED, Fate.KEPT

_WORK = "what somebody did at work, for the desk or for a host: about others; no account that works here is erased"
_ACCOUNTS = "the account goes or becomes nobody's, and this with it"

HELD: dict[str, Held] = {
    # The account.
    "account.EmailAddress.user": Held(D, "ways_in"),
    "mfa.Authenticator.user": Held(D, "ways_in"),
    "socialaccount.SocialAccount.user": Held(D, "ways_in"),
    "usersessions.UserSession.user": Held(D, "ways_in"),
    "users.User_groups.user": Held(K, why="roles of who works here"),
    "users.User_user_permissions.user": Held(K, why="roles of who works here"),
    "sportello.DeletionRequest.user": Held(K, "deletion", why="two dates; the retention table drops it"),
    "sportello.RetentionWarning.user": Held(K, "deletion", why="one date"),
    "sportello.MutedTopic.user": Held(D, "muted"),
    "sportello.OfferReport.reporter": Held(E, "reports"),
    # The young person.
    "sportello.YouthProfile.user": Held(E, "profile"),
    "sportello.YouthProfile_interests.youthprofile": Held(D, "profile"),
    "sportello.YouthProfile_skills.youthprofile": Held(D, "profile"),
    "sportello.YouthProfile_goals.youthprofile": Held(D, "profile"),
    "sportello.BirthDateCorrection.youth": Held(D, "corrections"),
    "sportello.BirthDateCorrection.by": Held(K, why=_WORK),
    "sportello.CurriculumVitae.youth": Held(D, "curricula"),
    "sportello.AttachedCv.cv": Held(D, "curricula"),
    "sportello.AttachedCv.application": Held(D, "curricula"),
    "sportello.CvAccess.youth": Held(K, "looked", why="who of the desk has looked; the key becomes NULL with the CV"),
    "sportello.CvAccess.cv": Held(K, "looked", why="the key becomes NULL with the CV"),
    "sportello.CvAccess.user": Held(K, why=_WORK),
    "sportello.SupportNote.youth": Held(D, "notes"),
    "sportello.SupportNote.author": Held(K, why=_WORK),
    "sportello.SupportNoteAccess.note": Held(K, "looked", why="who has read; the key becomes NULL with the note"),
    "sportello.SupportNoteAccess.user": Held(K, why=_WORK),
    "sportello.ExportRecord.user": Held(K, why=_WORK + "; what was searched for goes if it names the person"),
    # Who answers for them, and what was said.
    "sportello.GuardianLink.youth": Held(D, "guardians"),
    "sportello.GuardianLink.guardian": Held(
        K, "wards", why="ended; it belongs to the young person, and goes with them"
    ),
    "sportello.Guardian.user": Held(E, "wards"),
    "sportello.Consent.youth": Held(K, "consents", why="the proof that the rules were kept: dates, text, no name"),
    "sportello.Consent.application": Held(K, "consents", why="as above"),
    "sportello.Consent.given_by": Held(K, "given", why="as above"),
    "sportello.Consent.revoked_by": Held(K, why="as above; the date is shown"),
    "sportello.ConsentText.written_by": Held(K, why=_WORK),
    # Candidatures.
    "sportello.Application.youth": Held(E, "applications"),
    "sportello.ApplicationEvent.application": Held(E, "applications"),
    "sportello.ApplicationEvent.user": Held(
        K, why="that something happened may not be forgotten; the account is nobody's"
    ),
    "sportello.ApplicationMessage.application": Held(D, "messages"),
    "sportello.ApplicationMessage.user": Held(K, why="in others' candidatures: words of a host, gone with those"),
    "sportello.InterviewSlot.application": Held(D, "meetings"),
    "sportello.InterviewSlot.created_by": Held(K, why=_WORK),
    "sportello.AnswerReminder.application": Held(K, why="that the host was reminded: days, nothing of the person"),
    "sportello.Placement.youth": Held(K, "placements", why="dates and state, for the figures"),
    "sportello.Placement.application": Held(K, "placements", why="as above"),
    "sportello.Proposal.youth": Held(D, "proposals"),
    "sportello.Proposal.proposed_by": Held(K, why=_WORK),
    # Rounds: whoever checks a run must find the same fingerprint.
    "sportello.RoundPerson.youth": Held(E, "rounds"),
    "sportello.RoundChoice.person": Held(K, "rounds", why="ranks under a pseudonym, part of what was run"),
    "sportello.RoundBand.person": Held(E, "rounds"),
    "sportello.RoundPair.person": Held(E, why="the desk's agreement with a host, in its own words; they go"),
    "sportello.RoundPair.by": Held(K, why=_WORK),
    "sportello.RoundResult.youth": Held(K, "rounds", why="numbers and codes, part of what was published"),
    "sportello.RoundSending.result": Held(K, why="whether the seat was proposed: codes, in the log of the candidature"),
    "sportello.RoundSending.application": Held(K, why="as above"),
    "sportello.RoundSending.by": Held(K, why=_WORK),
    "sportello.RoundRun.by": Held(K, why=_WORK + "; its input and output name pseudonyms only"),
    "sportello.RoundEvent.user": Held(K, why=_WORK + "; reasons that speak of a pseudonym go with the person"),
    "sportello.MatchRound.published_by": Held(K, why=_WORK),
    "sportello.MatchWeights.created_by": Held(K, why=_WORK),
    # Hosts and the desk.
    "sportello.HostMembership.user": Held(K, "hosts", why=_ACCOUNTS + "; the part in the host ends first"),
    "sportello.HostInvitation.accepted_by": Held(E, "hosts"),
    "sportello.HostInvitation.invited_by": Held(K, why=_WORK),
    "sportello.PactSignature.signed_by": Held(K, why="who signed a pact, and when, is its proof: the owner is told so"),
    "sportello.Host.verified_by": Held(K, why=_WORK),
    "sportello.Offer.moderated_by": Held(K, why=_WORK),
    "sportello.OfferReport.closed_by": Held(K, why=_WORK),
    "sportello.DeskMembership.user": Held(K, why=_WORK),
    "sportello.InboxMark.taken_by": Held(K, why=_WORK),
}
"""By model and field. A test tries with planted words whether it is shown, and gone."""

STAFF_APPS = frozenset(
    {
        "bandi", "home", "media", "progetti", "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages",
        "wagtailusers", "wagtail_localize",
    }
)  # fmt: skip
"""Apps whose keys to an account say who of the staff wrote or decided something: young people and hosts never do."""
