"""Whether more people are found than before, told only where neither rounding nor chance can be the reason."""

from collections.abc import Mapping, Sequence
from math import sqrt

from bot.partners.blocks import Bar
from bot.partners.disclosure.telling import interval
from bot.partners.labels import listed, period_words

MONTHS = 3  # at most, beside as many before them
DEVIATIONS = 2  # standard ones, of the difference of two Poisson counts, that chance is taken to make

UP = "That is more, whatever the rounding hides, and by more than chance makes of counts of this size."
DOWN = "That is fewer, whatever the rounding hides, and by more than chance makes of counts of this size."
CHANCE = "They differ, but by no more than chance alone makes of counts of this size."
ROUNDED = "Each count is rounded, so it cannot be told whether that is more or fewer."
TOO_EARLY = "There are not two months yet to compare: the first may be a part of one, and is left out."
MISSING = "Too many of the months that would be compared are not published."


def compared(months: Mapping[str, Bar], first: str) -> tuple[str, str, str]:
    """Whether it grows: in a few words, in numbers and in sentences.

    `months` are all months in their order, those that are not published too. The last three stand beside the three
    before them; fewer where there are fewer, or where one of them is not published. The `first` month of all is left
    out: the service may have begun in the middle of it.
    """
    known = [month for month in months if month != first]
    size = min(MONTHS, len(known) // 2)
    if not size:
        return "Too early", "the first whole months", TOO_EARLY
    now, before = _published(months, known[-size:]), _published(months, known[-2 * size : -size])
    as_many = min(len(now), len(before))
    if not as_many:
        return "Cannot be told", "too few months are published", MISSING
    now, before = now[-as_many:], before[-as_many:]
    counts, counts_before = ([months[month] for month in some] for some in (now, before))
    short, why = _verdict(counts, counts_before)
    told, told_before = (listed([bar.printed for bar in bars]) for bars in (counts, counts_before))
    says = f"Carers found in {_named(now)}: {told}. In {_named(before)}: {told_before}. {why}"
    if as_many < size:
        told, told_before = (
            f"{words} in {listed([bar.label for bar in bars])}"
            for words, bars in ((told, counts), (told_before, counts_before))
        )
    return short, f"{told}, after {told_before}", says


def _published(months: Mapping[str, Bar], some: Sequence[str]) -> list[str]:
    return [month for month in some if not months[month].missing]


def _named(months: Sequence[str]) -> str:
    return listed([period_words(month) for month in months])


def _verdict(now: Sequence[Bar], before: Sequence[Bar]) -> tuple[str, str]:
    """In a few words, and why. First what must be true of the rounded counts, then whether chance could make it."""
    (least, most), (least_before, most_before) = _between(now), _between(before)
    if least <= most_before and most >= least_before:
        return "Cannot be told from rounded numbers", ROUNDED
    middle, middle_before = (least + most) / 2, (least_before + most_before) / 2
    if abs(middle - middle_before) <= DEVIATIONS * sqrt(middle + middle_before):
        return "No clear change", CHANCE
    return ("Yes, up", UP) if least > most_before else ("Down", DOWN)


def _between(bars: Sequence[Bar]) -> tuple[int, int]:
    """The least and the most true number that published counts may stand for together."""
    ends = [interval(bar.count) for bar in bars]
    return sum(low for low, _ in ends), sum(high for _, high in ends)
