"""The ways in. Each turns what arrives into an InboundMessage, and sends what comes back; none knows another."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from conversations.models import InboundMessage, Reply

Take = Callable[[str, str, InboundMessage], Awaitable[tuple[Reply, ...]]]
"""Hand over a message: address, the provider's message id, the message. Returns the replies to send."""

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment, with its time zone."""
    return datetime.now(UTC)
