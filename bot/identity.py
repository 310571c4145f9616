"""Who is writing, as a key that cannot be turned back without the secret.

The key is pseudonymous, not anonymous: whoever holds the secret can test a number against it. So the secret is never
stored with the data, and sessions expire.
"""

import hashlib
import hmac

from conversations.models import Channel


def person_key(secret: str, channel: Channel, address: str) -> str:
    """HMAC-SHA256 of channel and address, as 64 hexadecimal digits."""
    return _keyed(secret, "person", channel.value, address)


def claim_key(secret: str, channel: Channel, message_id: str) -> str:
    """The provider's message id, keyed likewise: with the provider's own records an id would lead to a person."""
    return _keyed(secret, "claim", channel.value, message_id)


def _keyed(secret: str, *parts: str) -> str:
    return hmac.new(secret.encode(), "\x1f".join(parts).encode("utf-8", "replace"), hashlib.sha256).hexdigest()
