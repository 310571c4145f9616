"""The map as Mermaid text, for tools that draw it: https://mermaid.js.org."""

from collections.abc import Iterator

from bot.maps.graph import Card, Map
from conversations.flows import ENDING

DECIDES = "What was told decides"


def as_mermaid(drawn: Map) -> str:
    """A flowchart with every wording in its card."""
    return "\n".join(("flowchart TD", *_lines(drawn))) + "\n"


def _lines(drawn: Map) -> Iterator[str]:
    for number, part in enumerate(drawn.parts):
        yield f'  subgraph p{number}["{_safe(part.title)}"]'
        yield from (f'    {_id(card.id)}["{_label(card)}"]' for card in part.cards)
        yield "  end"
    yield f'  {_id(ENDING)}{{{{"{DECIDES}"}}}}'
    for card in drawn.questions.cards:
        yield from (f'  {_id(card.id)} -->|"{_safe(answers)}"| {_id(to)}' for to, answers in card.leads.items())
    yield f"  {_id(ENDING)} --> p1 --> p2"
    yield f"  {_id(ENDING)} --> p3"


def _label(card: Card) -> str:
    said = [f"<i>{_safe(each.measures)}</i><br/>{_safe(each.text)}" for each in card.wordings]
    return "<br/>".join((f"<b>{_safe(card.title)}</b>", *said, *(_safe(note) for note in card.notes)))


def _id(name: str) -> str:
    """A name that means nothing to Mermaid ("end" alone would)."""
    return "c_" + "".join(character if character.isalnum() else "_" for character in name)


def _safe(text: str) -> str:
    escaped = text.replace("#", "#35;").replace("&", "#amp;").replace('"', "#quot;")
    return escaped.replace("<", "#lt;").replace(">", "#gt;").replace("\n", "<br/>")
