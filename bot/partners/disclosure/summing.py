"""Every sum that readers know of the unknown numbers of one measure: what is printed, and what is always true."""

from collections.abc import Collection, Sequence
from itertools import product

import numpy as np

from bot.partners.disclosure.counting import FREE, SOURCE, Counting, Sum, TooMuchError, weeks_of
from bot.partners.disclosure.telling import CellName, Link, Own, Shape, Told, interval
from bot.partners.periods import kind_of

LARGEST = 20_000  # unknowns of one month, beyond which the tables cannot be attacked on an ordinary machine


def count(
    shapes: Sequence[Shape],
    told: Sequence[Told],
    closed: Collection[str],
    links: Sequence[Link] = (),
    owned: Sequence[Own] = (),
    *,
    from_start: bool = False,
) -> Counting:
    """The unknowns and sums behind one measure's tables. Raises TooMuchError where they are too many to attack."""
    counting = Counting(shapes, told, closed, links=links, from_start=from_start)
    for month in counting.months:
        size = int(np.prod([len(counting.of[d]) for d in counting.crossed[month]]))
        if size > LARGEST:
            raise TooMuchError(
                f"{' by '.join(counting.crossed[month])} has {size:,} cells, which is more than {LARGEST:,}"
            )
        _same_people(counting, month)
    for table in told:
        _printed(counting, table)
    _unprinted(counting)
    for own in owned:
        total = counting.in_month(own.month, {})
        if total:  # else the month lies before the service began
            counting.owned.append((own, counting.add(total, 0, FREE)))
    return counting


def _same_people(counting: Counting, month: str) -> None:
    """What is known without any table: the parts of a month are its people."""
    crossed = counting.crossed[month]
    if counting.from_start and month < counting.first_month:
        return
    total = counting.in_month(month, {})
    assert total is not None  # noqa: S101 - no dimension is always at hand
    if counting.has_weeks and crossed != counting.weekly:
        for values in product(*(counting.of[d] for d in counting.weekly)):
            wanted = dict(zip(counting.weekly, values, strict=True))
            parts = [u for week in weeks_of(month) for u in counting.stretch(week, month, wanted)]
            whole = counting.in_month(month, wanted)
            _never_below(counting, [*((u, 1) for u in parts), *((u, -1) for u in whole or ())], 0)
    overlapping = {shape.dimensions[0] for shape in counting.shapes if shape.overlapping}
    for dimension in sorted(d for d, m in counting.strands if m == month and d not in crossed):
        cells = [counting.in_month(month, {dimension: value}) or [] for value in counting.of[dimension]]
        if dimension in overlapping:
            for cell in cells:
                _never_below(counting, [*((u, 1) for u in total), *((u, -1) for u in cell)], FREE)
        else:
            parts = [u for cell in cells for u in cell]
            _never_below(counting, [*((u, 1) for u in total), *((u, -1) for u in parts)], 0)
    for link in counting.links:
        if all(not d or v in counting.of.get(d, ()) for d, v, _ in link.terms):
            terms = [(u, n) for d, v, n in link.terms for u in (counting.in_month(month, {d: v} if d else {}) or [])]
            _never_below(counting, terms, FREE)


def _never_below(counting: Counting, terms: list[tuple[int, int]], high: int) -> None:
    weights: dict[int, int] = {}
    for unknown, weight in terms:
        weights[unknown] = weights.get(unknown, 0) + weight
    counting.sums.append(Sum(tuple(weights.items()), 0, high, high))


def _printed(counting: Counting, told: Told) -> None:
    ends = {values: interval(printed) for values, printed in told.counts.items()}
    cells = {values: counting.cell(told.shape, told.periods, values) for values in ends}
    hangs = any(cell is None for cell in cells.values())
    if hangs or told.shape.dimensions == (SOURCE,):  # partners are looked at by what their table hangs on
        total = [u for month in told.months for u in counting.in_month(month, {}) or ()]
        low, high = sum(low for low, _ in ends.values()), sum(high for _, high in ends.values())
        roomy = high - len(ends)
        if told.shape.overlapping:
            low, high, roomy = max(low for low, _ in ends.values()), FREE, FREE
        counting.hanging.append((told, counting.add(total, low, high, roomy)))
    if hangs:
        return
    for values, (low, high) in ends.items():
        name = CellName(told.shape.name, told.periods, values) if told.counts[values] is None else None
        counting.add(cells[values] or (), low, high, high - 1, cell=name)


def _unprinted(counting: Counting) -> None:
    """Cells of closed periods that are not printed are attacked too: readers know that they are there."""
    printed = {(told.shape.name, period) for told in counting.told for period in told.periods if len(told.periods) == 1}
    for shape in counting.shapes:
        for period in sorted(p for p in counting.closed if kind_of(p) is shape.period):
            if (shape.name, period) in printed:
                continue
            for values in shape.rows():
                unknowns = counting.cell(shape, (period,), values)
                if unknowns:
                    name = CellName(shape.name, (period,), values)
                    counting.add(unknowns, 0, FREE, FREE, cell=name, printed=False)
