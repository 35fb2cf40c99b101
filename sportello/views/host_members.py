"""The people of a host: who they are, inviting, changing, leaving; and which host one acts for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.pages.words import day_words

from .. import permissions
from ..actions import host_members as actions
from ..enums import HostRole
from ..errors import ActionError
from ..forms.host_members import InviteForm, MemberForm
from ..models import HostInvitation, HostMembership
from .common import (
    ConfirmView,
    area_page,
    enter_as_host,
    host_of,
    host_owners,
    host_readers,
    member_of,
    noindex,
    reserved,
)


def person_name(user) -> str:
    """How somebody is called on the pages of their host."""
    return user.get_full_name() or user.email


@host_readers
def members(request: HttpRequest) -> HttpResponse:
    """Who acts for the host, and who has been invited."""
    host, me = host_of(request), member_of(request)
    people = list(HostMembership.objects.filter(host=host).for_members_page())
    context = {
        "host": host,
        "owns": me.owns,
        # Who is the only owner is not offered what would be refused.
        "alone": me.owns and sum(row.owns for row in people) == 1,
        "people": [
            {
                "member": row,
                "name": person_name(row.user),
                "email": row.user.email,
                "role": row.get_role_display(),
                "is_me": row.pk == me.pk,
                "follows": [offer.title for offer in row.offers.all()],
                "is_tutor": row.role == HostRole.TUTOR,
            }
            for row in people
        ],
        "invitations": [
            {
                "invitation": row,
                "role": row.get_role_display(),
                "expired": row.has_expired,
                "until": day_words(timezone.localdate(row.expires_at)),
            }
            for row in (host.invitations.pending() if me.owns else [])
        ],
    }
    return area_page(request, "host_members", context)


@host_owners
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(host_of(request), request.user, **form.cleaned_data)
        except ActionError as error:
            form.add_error(None if error.code == "too_many" else "email", str(error))
        else:
            messages.success(request, _("Invito mandato: vale quattordici giorni."))
            return redirect("area:host_members")
    return area_page(request, "host_invite", {"form": form, "back_url": reverse("area:host_members")})


def _colleague(request: HttpRequest, pk: int) -> HostMembership:
    rows = HostMembership.objects.active().filter(host=host_of(request)).select_related("user", "host")
    return get_object_or_404(rows, pk=pk)


@host_owners
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what one of the people may do."""
    row = _colleague(request, pk)
    form = MemberForm(request.POST or None, host=host_of(request), member=row)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.change_member(row, request.user, values["role"], values.get("offers", ()))
        except ActionError as error:
            form.add_error("role", str(error))
        else:
            messages.success(request, _("Fatto: %(who)s ora può fare questo.") % {"who": person_name(row.user)})
            return redirect("area:host_members")
    context = {
        "form": form,
        "name": person_name(row.user),
        "email": row.user.email,
        "is_me": row.user_id == request.user.pk,
        "alone": row.owns and not HostMembership.objects.other_owners(row).exists(),
        "member": row,
        "back_url": reverse("area:host_members"),
    }
    return area_page(request, "host_member", context)


class EndMembershipView(ConfirmView):
    """Leave, or take somebody out."""

    danger = True

    def enter(self, request):
        return enter_as_host(request, permissions.may_read)

    def get_object(self, pk):
        row = _colleague(self.request, pk)
        self.leaves = row.user_id == self.request.user.pk
        if not self.leaves and not member_of(self.request).owns:
            raise Http404
        if self.leaves:
            self.title = _("Vuoi lasciare %(host)s?") % {"host": row.host.organisation.name}
            self.submit_label = _("Lascio la realtà")
            self.done_message = _("Fatto: non agisci più per %(host)s.") % {"host": row.host.organisation.name}
        else:
            self.title = _("Togli %(who)s dalla tua realtà?") % {"who": person_name(row.user)}
            self.submit_label = _("Togli")
            self.done_message = _("Fatto: %(who)s non agisce più per la tua realtà.") % {"who": person_name(row.user)}
        return row

    def text(self):
        if self.leaves:
            return _("Da subito non vedrai più offerte e candidature. Per tornare servirà un nuovo invito.")
        return _("Da subito non vedrà più offerte e candidature. L'avvisiamo per e-mail.")

    def act(self, form):
        actions.end_membership(self.object, self.request.user)

    def back_url(self):
        self.object.refresh_from_db(fields=["is_active"])
        here = self.object.is_active or not self.leaves
        return reverse("area:host_members" if here else "area:home")


class _InvitationView(ConfirmView):
    """Something that an owner does with an invitation."""

    def enter(self, request):
        return enter_as_host(request, permissions.may_decide)

    def get_object(self, pk):
        return get_object_or_404(host_of(self.request).invitations.pending().select_related("host"), pk=pk)

    def text(self):
        return _("Invito a %(email)s.") % {"email": self.object.email}

    def back_url(self):
        return reverse("area:host_members")


class ResendInvitationView(_InvitationView):
    title = gettext_lazy("Rimandi l'invito?")
    submit_label = gettext_lazy("Rimanda")
    done_message = gettext_lazy("Invito rimandato: vale altri quattordici giorni.")

    def act(self, form):
        actions.resend_invitation(self.object, self.request.user)


class CancelInvitationView(_InvitationView):
    title = gettext_lazy("Annulli l'invito?")
    submit_label = gettext_lazy("Annulla l'invito")
    done_message = gettext_lazy("Invito annullato: il collegamento non vale più.")
    danger = True

    def act(self, form):
        actions.cancel_invitation(self.object, self.request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of the e-mail opens: who invites, to do what; whoever is signed in accepts by POST.

    A link that was used, taken back, too old or broken gets the same page with what to do, status 410.
    """
    row = HostInvitation.from_token(token)
    if row is None or not row.is_open:
        mine = row is not None and row.accepted_by_id is not None and row.accepted_by_id == request.user.pk
        over = {"area_menu": request.user.is_authenticated, "mine": mine}
        return noindex(area_page(request, "host_invitation_over", over, status=410))
    if request.method == "POST" and request.user.is_authenticated:
        try:
            actions.accept_invitation(row, request.user)
        except ActionError as error:
            messages.error(request, str(error))
            return noindex(redirect(row.link))
        messages.success(
            request, _("Ora agisci per %(host)s: benvenuta, benvenuto.") % {"host": row.host.organisation.name}
        )
        return noindex(redirect("area:host_inbox"))
    user = request.user
    context = {
        "area_menu": user.is_authenticated,
        "invitation": row,
        "organisation": row.host.organisation,
        "who": person_name(row.invited_by),
        "role": row.get_role_display(),
        "until": day_words(timezone.localdate(row.expires_at)),
        "signed_in": user.is_authenticated,
        "other_address": user.is_authenticated and user.email.lower() != row.email.lower(),
        "here": row.link,
    }
    return noindex(area_page(request, "host_invitation", context))


@reserved
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which host to act for, for whoever belongs to several."""
    mine = permissions.host_memberships_of(request.user)
    if not mine:
        raise Http404
    if request.method == "POST":
        chosen = next((row for row in mine if str(row.pk) == request.POST.get("membership")), None)
        if chosen is None:
            raise Http404
        actions.choose_host(chosen, request.user)
        messages.success(request, _("Ora agisci per %(host)s.") % {"host": chosen.host.organisation.name})
        return redirect("area:host_inbox")
    answer = enter_as_host(request, permissions.may_read)
    context = {
        "rows": [
            {"pk": row.pk, "name": row.host.organisation.name, "role": row.get_role_display(), "current": n == 0}
            for n, row in enumerate(mine)
        ]
    }
    return answer or area_page(request, "host_choose", context)
