"""Everything that the Sportello keeps about one person, in words: for the page that shows it and for the files."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .models import Consent, GuardianLink, HostInvitation, HostMembership, OfferReport, YouthProfile
from .own_data_words import Entries, words
from .own_data_youth import YOUTH_SECTIONS, consent_entry

Section = tuple[str, Entries]
"""A title, and its entries: each a mapping of labels to values."""


def collect(user) -> list[Section]:
    """Return the sections that have something, in the reader's language. The number of queries does not grow."""
    return [(title, entries) for _key, title, entries in read(user) if entries]


def read(user) -> list[tuple[str, str, Entries]]:
    """Return key, title and entries of every section, also of those that have nothing."""
    profile = YouthProfile.objects.with_lists().filter(user=user).first()
    found = [(key, str(title), entries(user)) for key, title, entries in ACCOUNT_SECTIONS]
    if profile is not None:
        found += [(key, str(title), entries(profile)) for key, title, entries in YOUTH_SECTIONS]
    return found


def _account(user) -> Entries:
    return [
        words(
            {
                _("Nome"): user.first_name,
                _("Cognome"): user.last_name,
                _("Indirizzo e-mail"): user.email,
                _("Creato il"): user.date_joined,
                _("Ultimo accesso"): user.last_login,
                _("Informativa letta il"): user.privacy_read_at,
            }
        )
    ]


def _ways_in(user) -> Entries:
    """How one signs in, and from where one did; no secret."""
    return [
        *(
            words({_("Indirizzo e-mail"): row.email, _("Verificato"): _("sì") if row.verified else _("no")})
            for row in EmailAddress.objects.filter(user=user).order_by("pk")
        ),
        *(
            words({_("Secondo passo"): row.get_type_display(), _("Dal"): row.created_at})
            for row in Authenticator.objects.filter(user=user).order_by("pk")
        ),
        *(
            words({_("Identità digitale"): row.provider, _("Dal"): row.date_joined})
            for row in SocialAccount.objects.filter(user=user).order_by("pk")
        ),
        *(
            words({_("Accesso aperto"): row.created_at, _("Da"): row.ip, _("Con"): row.user_agent})
            for row in UserSession.objects.filter(user=user).order_by("pk")
        ),
    ]


def _given(user) -> Entries:
    rows = Consent.objects.filter(given_by=user).exclude(youth__user=user).for_list()
    return [consent_entry(row) for row in rows]


def _wards(user) -> Entries:
    return [
        words({_("Chi"): str(row.youth), _("Legame"): row.get_relation_display(), _("Dal"): row.confirmed_at})
        for row in GuardianLink.objects.of(user).for_list()
    ]


def _hosts(user) -> Entries:
    rows = HostMembership.objects.filter(user=user).select_related("host__organisation").order_by("pk")
    invited = HostInvitation.objects.filter(accepted_by=user).select_related("host__organisation").order_by("pk")
    return [
        *(
            words({_("Realtà"): str(row.host), _("Ruolo"): row.get_role_display(), _("Dal"): row.created_at})
            for row in rows
        ),
        *(words({_("Realtà"): str(row.host), _("Invito a"): row.email, _("Del"): row.created_at}) for row in invited),
    ]


def _reports(user) -> Entries:
    return [
        words(
            {
                _("Offerta"): row.offer.title,
                _("Che cosa non va"): row.get_reason_display(),
                _("Testo"): row.text,
                _("Quando"): row.created_at,
            }
        )
        for row in OfferReport.objects.filter(reporter=user).select_related("offer").order_by("pk")
    ]


def _muted(user) -> Entries:
    return [words({_("Quali"): row.get_topic_display()}) for row in user.muted_topics.order_by("pk")]


def _deletion(user) -> Entries:
    asked = [
        words({_("Chiesta il"): row.asked_at, _("Ripensamento del"): row.undone_at, _("Fatta il"): row.done_at})
        for row in user.deletion_requests.order_by("pk")
    ]
    warned = getattr(user, "retention_warning", None)
    return [*asked, *([words({_("Avviso del"): warned.sent_at})] if warned else [])]


ACCOUNT_SECTIONS: tuple[tuple[str, str | Promise, Callable[..., Entries]], ...] = (
    ("account", pgettext_lazy("own data", "Account"), _account),
    ("ways_in", gettext_lazy("Come entri"), _ways_in),
    ("given", gettext_lazy("Risposte date per altri"), _given),
    ("wards", gettext_lazy("Per chi rispondi"), _wards),
    ("hosts", gettext_lazy("Realtà per cui agisci"), _hosts),
    ("reports", gettext_lazy("Segnalazioni che hai mandato"), _reports),
    ("muted", gettext_lazy("E-mail che non vuoi"), _muted),
    ("deletion", gettext_lazy("Cancellazione dei tuoi dati"), _deletion),
)
"""What anybody with an account may have here: key, title, and how it is read."""
