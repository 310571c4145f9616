"""Where what is printed contradicts itself: the fewest tables that no numbers of people agree with."""

from collections.abc import Callable, Sequence

from bot.partners.disclosure.telling import Told

Agrees = Callable[[Sequence[Told]], bool]


def contradicting(told: Sequence[Told], agrees: Agrees) -> list[Told]:
    """The tables that are left when as many as can be are taken out, many at once first, and still none `agrees`.

    Without any one of those left, some numbers of people would agree with the rest of them.
    """
    left, size = list(told), max(len(told) // 2, 1)
    while True:
        fewer = next((rest for rest in _without(left, size) if not agrees(rest)), None)
        if fewer is not None:
            left = fewer
        elif size == 1:
            return left
        size = max(min(size, len(left) // 2) if fewer is not None else size // 2, 1)


def _without(told: Sequence[Told], size: int) -> list[list[Told]]:
    """Everything but `size` tables, in each place; never nothing."""
    every = ([*told[:at], *told[at + size :]] for at in range(0, len(told), size))
    return [rest for rest in every if rest]
