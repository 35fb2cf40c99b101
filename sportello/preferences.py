"""Whether somebody wants an e-mail: the one question that senders ask."""

from collections.abc import Iterable, Iterator

from .models import MutedTopic
from .notifications.common import Message
from .preference_topics import TOPIC_OF


def wanted(notice: str, messages: Iterable[Message]) -> Iterator[Message]:
    """Leave out the e-mails of a notice that their readers have turned off. One query if it can be turned off."""
    topic = TOPIC_OF.get(notice)
    if topic is None:
        yield from messages
        return
    drawn = list(messages)
    muted = set(
        MutedTopic.objects.filter(topic=topic, user__email__in=[message.to for message in drawn]).values_list(
            "user__email", flat=True
        )
    )
    yield from (message for message in drawn if message.to not in muted)
