"""Whether more people are found than before, told only where the rounded numbers allow no doubt."""

from bot.partners.blocks import Bar

ROUNDED_BY = 5  # at most: counts are issued to the nearest ten


def compared(bars: tuple[Bar, ...]) -> tuple[str, str, str]:
    """Whether it grows, in a few words, in numbers and in a sentence: the last months beside as many before them.

    Three and three where there are six, else one and one. It grows when even the least that the rounded numbers may
    stand for is more than the most that the earlier ones may.
    """
    size = 3 if len(bars) >= 6 else 1
    now, before = bars[-size:], bars[-2 * size : -size]
    if not before:
        return "Too early", "the first month", "There is nothing to compare the first month with yet."
    if any(bar.missing for bar in (*now, *before)):
        return "Cannot be told", "a month is missing", "Not every month that would be compared is published."
    least, most = _between(now)
    least_before, most_before = _between(before)
    short = "Yes, up" if least > most_before else "Down" if most < least_before else "About the same"
    spans = ("this month", "the month before") if size == 1 else ("these three months", "the three before")
    says = f"Carers found in {spans[0]}: {_listed(now)}. In {spans[1]}: {_listed(before)}."
    return short, f"{_listed(now)}, after {_listed(before)}", says


def _between(bars: tuple[Bar, ...]) -> tuple[int, int]:
    """The least and the most true number that published counts may stand for together."""
    return (
        sum(0 if bar.count is None else max(10, bar.count - ROUNDED_BY) for bar in bars),
        sum(9 if bar.count is None else bar.count + ROUNDED_BY for bar in bars),
    )


def _listed(bars: tuple[Bar, ...]) -> str:
    return ", ".join(bar.printed for bar in bars[:-1]) + (" and " if len(bars) > 1 else "") + bars[-1].printed
