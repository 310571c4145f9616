"""The parts of the matcher, each a step from a message to a match. knowledge/matcher.py puts them together."""
