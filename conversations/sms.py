"""What a text message costs: GSM-7 and UCS-2 segments (3GPP TS 23.038), and fitting words to a budget.

One GSM-7 message carries 160 septets, or 153 in each segment of a longer one. One character outside GSM-7 turns the
whole message to UCS-2: 70 sixteen-bit units, or 67 a segment.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")  # an escape and a character: two septets each

ORDINARY_SEGMENTS = 2
URGENT_SEGMENTS = 3
SEPTETS_SINGLE, SEPTETS_PART = 160, 153
UNITS_SINGLE, UNITS_PART = 70, 67
BMP_LAST = 0xFFFF  # a character above it takes two UCS-2 units

# Typography that a text can do without. Letters of other scripts are left as they are: a "?" would say nothing.
TYPOGRAPHY = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "•": "-",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "`": "'",
        "´": "'",
    }
)


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True)
class Cost:
    """`units` are septets in GSM-7 and sixteen-bit units in UCS-2."""

    encoding: Encoding
    units: int
    segments: int


def cost(text: str) -> Cost:
    """What sending `text` as one message costs. An empty text costs nothing."""
    if foreign_characters(text):
        widths = [2 if ord(character) > BMP_LAST else 1 for character in text]
        return Cost(Encoding.UCS_2, sum(widths), _segments(widths, UNITS_SINGLE, UNITS_PART))
    widths = [2 if character in GSM_EXTENDED else 1 for character in text]
    return Cost(Encoding.GSM_7, sum(widths), _segments(widths, SEPTETS_SINGLE, SEPTETS_PART))


def septets(text: str) -> int:
    """Length in GSM-7 septets, for text that is GSM-7."""
    return len(text) + sum(character in GSM_EXTENDED for character in text)


def foreign_characters(text: str) -> tuple[str, ...]:
    """The characters that GSM-7 does not have, each once, in order of appearance."""
    return tuple(dict.fromkeys(c for c in text if c not in GSM_BASIC and c not in GSM_EXTENDED))


def plain(text: str) -> str:
    """The same words with typography that GSM-7 lacks written plainly."""
    return text.translate(TYPOGRAPHY)


def budget(segments: int) -> int:
    """The most septets that fit in so many segments."""
    return SEPTETS_SINGLE if segments == 1 else SEPTETS_PART * segments


def parts(text: str, most: int) -> tuple[str, ...]:
    """`text` in parts of at most `most` septets each, broken between lines, sentences or, at the worst, words."""
    found: list[str] = []
    current = ""
    for piece in _pieces(text, most):
        if current and septets((current + piece).rstrip()) > most:
            found.append(current.strip())
            current = ""
        current += piece
    return tuple(part for part in (*found, current.strip()) if part)


def _pieces(text: str, most: int) -> list[str]:
    sentences = re.split(r"(?<=\n)|(?<=[.?!])(?=\s)", text)
    pieces: list[str] = []
    for sentence in sentences:
        pieces.extend([sentence] if septets(sentence) <= most else re.split(r"(?<=\s)", sentence))
    return [cut for piece in pieces for cut in _cut(piece, most)]


def _cut(word: str, most: int) -> list[str]:
    """A word that is too long for a part, in pieces that are not."""
    cuts = [""]
    for character in word:
        if septets(cuts[-1] + character) > most:
            cuts.append("")
        cuts[-1] += character
    return cuts


def _segments(widths: list[int], single: int, part: int) -> int:
    """How many segments: a character of width two is never cut between two of them."""
    if sum(widths) <= single:
        return 1 if widths else 0
    segments, room = 1, part
    for width in widths:
        if width > room:
            segments, room = segments + 1, part
        room -= width
    return segments
