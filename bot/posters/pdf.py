"""A poster as PDF: one page of filled shapes, with its words beside them for search and for screen readers.

The format is that of ISO 32000-1. A page of shapes needs so little of it that a library would be the larger part.
"""

import zlib
from collections.abc import Iterator

from bot.posters.layout import PAGE, POINT, Block, Box, Poster
from bot.posters.lettering import Segment, outline

UNSEEN = 3  # the rendering mode of letters that are neither filled nor stroked
FIRST = 7  # the number of the first object that tells a reader of a block
OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def as_pdf(poster: Poster, width: float, height: float) -> bytes:
    """The page at this size in millimetres."""
    scale, upper = width / PAGE[0] / POINT, height / POINT
    drawn = "\n".join([f"{scale:.5f} 0 0 {-scale:.5f} 0 {upper:.3f} cm", *_content(poster)])
    stream = zlib.compress(drawn.encode("cp1252", "replace"), 9)
    told = [*_told(poster)]
    references = " ".join(f"{FIRST + number} 0 R" for number in range(len(told)))
    page = f"/MediaBox [0 0 {width / POINT:.3f} {upper:.3f}] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R"
    reading = "/StructTreeRoot 6 0 R /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >>"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) {reading} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} /StructParents 0 >>".encode(),
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /StructTreeRoot /K [{references}] /ParentTree << /Nums [0 [{references}]] >> >>".encode(),
        *told,
        b"<< /Title %b >>" % _name(poster.title),
    ]
    return _file(objects)


def _content(poster: Poster) -> Iterator[str]:
    """What is drawn, in millimetres from the upper left corner."""
    yield "/Artifact BMC"
    for shape in poster.shapes:
        yield f"{_colour(shape.colour)} {_rectangle(shape.box)} f"
    yield "EMC"
    for number, block in enumerate(poster.blocks):
        yield f"/{block.role} << /MCID {number} >> BDC {_colour(block.colour)}"
        yield from _letters(block)
        yield "EMC"
    if poster.code:
        squares = " ".join(_rectangle(square) for square in poster.code.squares)
        yield f"/Figure << /MCID {len(poster.blocks)} >> BDC {_colour(poster.ink)} {squares} f EMC"


def _letters(block: Block) -> Iterator[str]:
    for line in block.lines:
        yield " ".join(_segment(part) for part in outline(line.text, block.weight, line.size, line.x, line.y)) + " f"
        words = _text(line.text + " ").decode("cp1252")
        yield f"BT /F {line.size:.3f} Tf {UNSEEN} Tr 1 0 0 -1 {line.x:.3f} {line.y:.3f} Tm {words} Tj ET"


def _told(poster: Poster) -> Iterator[bytes]:
    """What a screen reader is told of each block, in reading order."""
    place = "/Type /StructElem /P 6 0 R /Pg 3 0 R"
    for number, block in enumerate(poster.blocks):
        yield f"<< {place} /S /{block.role} /K {number} >>".encode()
    if poster.code:
        says = _name(f"QR code: {poster.code.says}")
        yield b"<< %b /S /Figure /K %d /Alt %b >>" % (place.encode(), len(poster.blocks), says)


def _file(objects: list[bytes]) -> bytes:
    """Header, numbered objects, the table of where each begins, and the trailer. The last object holds the title."""
    parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    starts = list[int]()
    for number, body in enumerate(objects, start=1):
        starts.append(sum(len(part) for part in parts))
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size, at = len(objects) + 1, sum(len(part) for part in parts)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table))
    parts.append(b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, size - 1, at))
    return b"".join(parts)


def _text(words: str) -> bytes:
    """Words in the page's content, in the encoding of its font."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(%b)" % escaped.encode("cp1252", "replace")


def _name(words: str) -> bytes:
    """Words outside the page's content: UTF-16 with its mark, in hexadecimal."""
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().encode()


def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5)) + " rg"


def _rectangle(box: Box) -> str:
    return f"{box.x:.3f} {box.y:.3f} {box.width:.3f} {box.height:.3f} re"


def _segment(segment: Segment) -> str:
    letter, numbers = segment
    return " ".join([*(f"{number:.2f}" for number in numbers), OPERATORS[letter]])
