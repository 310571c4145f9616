"""Figures that change by year: the one that holds on a day, in the words that carers read."""

from datetime import date

from knowledge.models import Confidence, Rate, RateValue


def value_on(rate: Rate, day: date) -> RateValue | None:
    """The publishable value that holds on `day` (first and last day included), or None."""
    for value in rate.values:
        if value.valid_from <= day <= value.valid_to and value.confidence is not Confidence.LOW:
            return value
    return None


def in_words(rate: Rate, value: RateValue) -> str:
    """The figure as it is read: "£86.45", "£204", "35"."""
    if rate.unit == "years":
        return f"{value.value:g}"
    return f"£{value.value:,.0f}" if value.value == int(value.value) else f"£{value.value:,.2f}"


def since_in_words(value: RateValue) -> str:
    """When the figure began: "April 2026"."""
    return f"{value.valid_from:%B %Y}"
