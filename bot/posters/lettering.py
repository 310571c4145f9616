"""Letters as shapes: how wide words are, where lines break, and the outlines that a printer fills.

Outlines print the same everywhere, whatever fonts a machine has. Lengths are in millimetres, y runs downwards.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from typing import Any

import fontpkg_atkinson_hyperlegible
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

Segment = tuple[str, tuple[float, ...]]  # "M" move, "L" line, "C" curve, "Z" close; and its points' coordinates
PAIRS = 2  # the kind of GPOS lookup that brings pairs of letters together


class Weight(StrEnum):
    """Atkinson Hyperlegible (Braille Institute, SIL Open Font License), drawn so that no two letters look alike."""

    REGULAR = "Regular"
    BOLD = "Bold"


def missing_letters(text: str) -> list[str]:
    """The characters that the font does not have."""
    letters = _font(Weight.REGULAR).getBestCmap()
    return sorted({character for character in text if ord(character) not in letters})


def width(text: str, weight: Weight, size: float) -> float:
    """How wide a line of this letter size is."""
    return sum(advance for _, advance in _glyphs(text, weight)) * size


def outline(text: str, weight: Weight, size: float, x: float, y: float) -> tuple[Segment, ...]:
    """The shapes of a line that begins at x, on the baseline y."""
    font, drawn = _font(weight), _Outline()
    glyphs, scale = font.getGlyphSet(), size / font["head"].unitsPerEm
    for name, advance in _glyphs(text, weight):
        glyphs[name].draw(TransformPen(drawn, (scale, 0, 0, -scale, x, y)))
        x += advance * size
    return tuple(drawn.segments)


def wrap(text: str, weight: Weight, size: float, most: float) -> list[str]:
    """The fewest lines no wider than `most`, as even as they can be. A word that is too wide stands alone."""
    lines = _filled(text, weight, size, most)
    narrow, wide = 0.0, most
    for _ in range(12):  # halving: finer than can be seen
        middle = (narrow + wide) / 2
        tried = _filled(text, weight, size, middle)
        fits = len(tried) == len(lines) and all(width(line, weight, size) <= middle for line in tried)
        narrow, wide, lines = (narrow, middle, tried) if fits else (middle, wide, lines)
    return lines


def _filled(text: str, weight: Weight, size: float, most: float) -> list[str]:
    lines = list[str]()
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, weight, size) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class _Outline(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Collects what is drawn; curves of the second degree come as cubic ones."""

    def __init__(self) -> None:
        super().__init__(None)
        self.segments: list[Segment] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.segments.append(("M", point))

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.segments.append(("L", point))

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.segments.append(("C", tuple(number for point in points for number in point)))

    def _closePath(self) -> None:  # noqa: N802 - fontTools' name
        self.segments.append(("Z", ()))


@cache
def _font(weight: Weight) -> Any:
    return TTFont(fontpkg_atkinson_hyperlegible.ROOT / "files" / f"AtkinsonHyperlegible-{weight.value}.ttf")


def _glyphs(text: str, weight: Weight) -> Iterator[tuple[str, float]]:
    """Each letter's shape, and how far it moves the next one, in letter sizes."""
    font, closer = _font(weight), _kerning(weight)
    letters, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    names = [letters.get(ord(character), ".notdef") for character in text]
    for name, following in zip(names, [*names[1:], ""], strict=True):
        yield name, (widths[name][0] + closer(name, following)) / units


@cache
def _kerning(weight: Weight) -> Callable[[str, str], int]:
    """How far two neighbours move apart, in font units: below nothing is closer."""
    lookups = _font(weight)["GPOS"].table.LookupList.Lookup
    tables = [table for lookup in lookups if lookup.LookupType == PAIRS for table in lookup.SubTable]

    @cache
    def moved(left: str, right: str) -> int:
        return next((by for table in tables if (by := _pair(table, left, right)) is not None), 0)

    return moved


def _pair(table: Any, left: str, right: str) -> int | None:
    """What one table says of a pair; None if it does not know it."""
    if left not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        pairs = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        return next((_advance(pair.Value1) for pair in pairs if pair.SecondGlyph == right), None)
    row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
    return _advance(row.Class2Record[table.ClassDef2.classDefs.get(right, 0)].Value1)


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)
