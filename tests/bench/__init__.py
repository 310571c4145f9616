"""Measurements, not tests: the matcher beside its peers, and its speed. See docs/matching.md."""
