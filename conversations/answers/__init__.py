"""What people type, understood: one message in, what is known of the person out."""

from conversations.answers.reading import Understanding, understand

__all__ = ["Understanding", "understand"]
