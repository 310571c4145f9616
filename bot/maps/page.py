"""The map as a web page that stands alone: no script, nothing fetched, readable in print and with a screen reader."""

from html import escape

from bot.maps.graph import Card, Map, Part, named
from bot.maps.svg import flow_svg
from conversations.flows import ENDING

ABOUT = (
    "Filled in as somebody in Leicestershire who looks after their mum would read it. Beside each wording stands the "
    "age at which most people can read it, and how many text messages it takes with its choices."
)
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #14222b; background: #fff; margin: 0 auto; padding: 1rem;
  max-width: 60rem }
h1 { font-size: 1.8rem; line-height: 1.2 } h2 { margin: 3rem 0 .3rem } h3 { margin: 0 0 .3rem; font-size: 1.05rem }
a { color: #0b4f71 } article { border: 1px solid #8a9aa3; border-radius: 6px; padding: .8rem 1rem; margin: 1rem 0 }
dl { margin: 0 } dt { font-size: .85rem; color: #41525c; margin-top: .6rem } dd { margin: 0; white-space: pre-line }
ul { margin: .6rem 0 0; padding-left: 1.2rem } .note { font-style: italic; margin: .2rem 0 }
.drawing { overflow-x: auto; border: 1px solid #8a9aa3 } .drawing svg { display: block; max-width: 100%; height: auto }
a:focus-visible, .drawing:focus-visible { outline: 3px solid #b35900; outline-offset: 2px }
@media print { body { font-size: 10pt; max-width: none; padding: 0 } nav { display: none }
  article { break-inside: avoid } h2 { break-after: avoid } }
"""


def as_page(drawn: Map) -> str:
    """The whole page: everything in words, and the questions once more as a drawing."""
    title = escape(f"Everything that {drawn.service} asks and says by itself")
    links = "".join(f'<li><a href="#p{at}">{escape(part.title)}</a></li>' for at, part in enumerate(drawn.parts))
    parts = "\n".join(_part(number, part) for number, part in enumerate(drawn.parts))
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body><main><h1>{title}</h1>\n"
        f"<p>{ABOUT}</p>\n"
        f'<nav aria-label="On this page"><ul>{links}</ul></nav>\n'
        "<h2>At a glance</h2><p>Each question and where its answers lead. The same stands in words below.</p>"
        '<div class="drawing" role="region" aria-label="The questions as a drawing" tabindex="0">'
        f"{flow_svg(drawn)}</div>\n{parts}\n</main></body></html>\n"
    )


def _part(number: int, part: Part) -> str:
    cards = "\n".join(_card(card) for card in part.cards)
    return f'<section id="p{number}"><h2>{escape(part.title)}</h2><p>{escape(part.about)}</p>\n{cards}</section>'


def _card(card: Card) -> str:
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in card.notes)
    said = "".join(f"<dt>{escape(each.measures)}</dt><dd>{escape(each.text)}</dd>" for each in card.wordings)
    ways = "".join(f"<li>{escape(answers)} → {_link(to)}</li>" for to, answers in card.leads.items())
    leads = f"<ul>{ways}</ul>" if ways else ""
    return f'<article id="{escape(card.id)}"><h3>{escape(card.title)}</h3>{notes}<dl>{said}</dl>{leads}</article>'


def _link(to: str) -> str:
    return f'<a href="#p1">{named(ENDING)}</a>' if to == ENDING else f'<a href="#{escape(to)}">{escape(named(to))}</a>'
