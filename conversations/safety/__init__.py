"""Danger first: hears, in what a person types, that somebody may come to harm, and knows what to say.

Pure and quick. It knows nothing of sessions, of storage or of the matcher, so that it works when they do not.
"""

from conversations.safety.loading import example_messages, load_safety
from conversations.safety.models import Alarm, Risk
from conversations.safety.rules import SafetyRules, assess

__all__ = ["Alarm", "Risk", "SafetyRules", "assess", "example_messages", "load_safety"]
