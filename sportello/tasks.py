"""Work done after a change is committed: finding out whom to write to, and one e-mail task for each of them."""

from django_tasks import task

from portal.ops.mail import send_email_task


def _send(messages) -> int:
    count = 0
    for message in messages:
        send_email_task.enqueue(
            "sportello/notice",
            message.to,
            message.context,
            message.language,
            message.reply_to,
            list(message.attachments),
        )
        count += 1
    return count


@task(backend="background")
def notify_about_application(application_id: int, notice: str) -> int:
    """Write to whom a notice about an application concerns; return how many e-mails."""
    from . import notifications
    from .preferences import wanted

    return _send(wanted(notice, notifications.about_application(application_id, notice)))


@task(backend="background")
def notify_about_interview(slot_id: int, notice: str) -> int:
    """Write to both sides about a meeting, with its calendar entry; return how many e-mails."""
    from . import notifications
    from .preferences import wanted

    return _send(wanted(notice, notifications.about_interview(slot_id, notice)))


@task(backend="background")
def notify_about_offer(offer_id: int, notice: str) -> int:
    """Write to whom a notice about an offer concerns; return how many e-mails."""
    from . import notifications
    from .preferences import wanted

    return _send(wanted(notice, notifications.about_offer(offer_id, notice)))


@task(backend="background")
def notify_about_proposal(proposal_id: int, notice: str) -> int:
    """Write to whom a notice about a proposal concerns; return how many e-mails."""
    from . import notifications

    return _send(notifications.about_proposal(proposal_id, notice))


@task(backend="background")
def notify_about_host(host_id: int, notice: str) -> int:
    """Write to whom a notice about a host concerns; return how many e-mails."""
    from . import notifications
    from .preferences import wanted

    return _send(wanted(notice, notifications.about_host(host_id, notice)))


@task(backend="background")
def notify_about_consent(consent_id: int, notice: str) -> int:
    """Write to whom a notice about a consent concerns; return how many e-mails."""
    from . import notifications
    from .preferences import wanted

    return _send(wanted(notice, notifications.about_consent(consent_id, notice)))


@task(backend="background")
def notify_host_member(membership_id: int, notice: str) -> int:
    """Write to one of a host's people what happened to their part in it; return how many e-mails."""
    from . import notifications
    from .preferences import wanted

    return _send(wanted(notice, notifications.about_host_member(membership_id, notice)))


@task(backend="background")
def send_host_invitation(invitation_id: int) -> int:
    """Write to somebody invited to act for a host, unless it was taken back in the meantime."""
    from . import notifications

    return _send(notifications.about_host_invitation(invitation_id))


@task(backend="background")
def keep_pact_pdf(signature_id: int) -> None:
    """Make the PDF of a signed pact and keep it; who asks for it sooner makes it then."""
    from .models import PactSignature
    from .pact_papers import signed_paper

    signed_paper(PactSignature.objects.select_related("version__pact").get(pk=signature_id))


@task(backend="background")
def notify_about_guardian(link_id: int, notice: str, path: str) -> int:
    """Write to whom a notice about a guardian concerns; return how many e-mails.

    Args:
        path: the invitation's own address, where there is one: its key is kept nowhere else.
    """
    from . import notifications

    return _send(notifications.about_guardian(link_id, notice, path))


@task(backend="background")
def notify_about_account(user_id: int, notice: str) -> int:
    """Write to somebody about their own data; return how many e-mails."""
    from . import notifications

    return _send(notifications.about_account(user_id, notice))


@task(backend="background")
def notify_about_desk_member(membership_id: int) -> int:
    """Write to who begins to work at a desk; return how many e-mails."""
    from . import notifications

    return _send(notifications.about_desk_member(membership_id))


def send_drawn(messages) -> int:
    """Queue e-mails that were drawn already, because what they are about is gone."""
    return _send(messages)
