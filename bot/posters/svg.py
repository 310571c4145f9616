"""A poster as SVG: outlines and rectangles, with its words told to screen readers."""

from html import escape

from bot.posters.layout import PAGE, Box, Poster
from bot.posters.lettering import Segment, outline


def as_svg(poster: Poster, width: float, height: float) -> str:
    """The page at this size in millimetres."""
    words = "\n".join(block.text for block in poster.blocks)
    told = escape(f"{words}\nQR code: {poster.code.says}" if poster.code else words)
    shapes = [f'<path fill="{shape.colour}" d="{_rectangle(shape.box)}"/>' for shape in poster.shapes]
    for block in poster.blocks:
        drawn = [part for line in block.lines for part in outline(line.text, block.weight, line.size, line.x, line.y)]
        shapes.append(f'<path fill="{block.colour}" d="{"".join(_segment(part) for part in drawn)}"/>')
    if poster.code:
        squares = "".join(_rectangle(square) for square in poster.code.squares)
        shapes.append(f'<path fill="{poster.ink}" shape-rendering="crispEdges" d="{squares}"/>')
    page = f'width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {PAGE[0]:g} {PAGE[0] * height / width:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {page} role="img" aria-labelledby="title words" lang="en-GB">\n'
        f'<title id="title">{escape(poster.title)}</title>\n<desc id="words">{told}</desc>\n'
        + "\n".join(shapes)
        + "\n</svg>\n"
    )


def _rectangle(box: Box) -> str:
    return f"M{_number(box.x)} {_number(box.y)}h{_number(box.width)}v{_number(box.height)}h{_number(-box.width)}z"


def _segment(segment: Segment) -> str:
    letter, numbers = segment
    return letter + " ".join(_number(number) for number in numbers)


def _number(value: float) -> str:
    return f"{round(value, 2):g}"
