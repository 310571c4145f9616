"""Suggestions → the report for editors."""

from collections import Counter
from collections.abc import Sequence

from bot.evaluation.report import Report, Section
from bot.evaluation.suggesting import Confusable, Thin, Twin, Word


def suggestion_report(
    twins: Sequence[Twin],
    confusable: Sequence[Confusable],
    thin: Sequence[Thin],
    words: Sequence[Word] | None,
    most: int,
) -> Report:
    """The report; of the confusable asks and of the words the first `most`. `words` None: no file was given."""
    sections = [_twins(twins), _confusable(confusable, most), _pairs(confusable, most), _thin(thin)]
    if words is not None:
        sections.append(_words(words, most))
    data = {
        "kind": "suggestions",
        "twins": [vars(one) for one in twins],
        "confusable": [vars(one) for one in confusable],
        "thin": [vars(one) for one in thin],
        "words": None if words is None else [{**vars(one), "topics": list(one.topics)} for one in words],
    }
    return Report("What would help the matcher", (), tuple(sections), data)


def _twins(twins: Sequence[Twin]) -> Section:
    rows = tuple((t.topic, t.ask, t.other, t.other_ask) for t in twins)
    note = "All but the same words under two topics: keep each where its answer helps, and take the other out."
    return Section("Asks that stand under two topics", ("topic", "ask", "other topic", "its ask"), rows, note)


def _confusable(found: Sequence[Confusable], most: int) -> Section:
    rows = tuple(
        (c.topic, c.ask, c.other, f"{c.confidence:.2f}" if c.answered else "-", c.other_ask) for c in found[:most]
    )
    note = (
        f"{len(found)} asks are met with another topic when they are taken out. Confidence: of an outright answer. "
        "Give the topic more asks like it, or move the ask if it really asks for the other."
    )
    columns = ("topic", "ask", "taken for", "confidence", "nearest ask there")
    return Section("Asks that read like another topic's", columns, rows, note)


def _pairs(found: Sequence[Confusable], most: int) -> Section:
    counts = Counter((c.topic, c.other) for c in found)
    rows = tuple((topic, other, str(count)) for (topic, other), count in counts.most_common(most) if count > 1)
    note = "Where a topic is often taken for one and the same other, their asks overlap."
    return Section("Topics that overlap", ("topic", "taken for", "asks"), rows, note)


def _thin(thin: Sequence[Thin]) -> Section:
    rows = tuple((t.topic, str(t.asks), str(t.words)) for t in thin)
    note = "The fewest asks, or the fewest different words in them. Thinnest first."
    return Section("Thin topics", ("topic", "asks", "different words"), rows, note)


def _words(words: Sequence[Word], most: int) -> Section:
    rows = tuple((w.word, str(w.times), w.read_as or "-", ", ".join(w.topics), w.example) for w in words[:most])
    note = "Words of lines that came out wrong. If it is a word carers use, add it to words.toml or to an ask."
    return Section("Words that nothing knows", ("word", "lines", "taken for", "should point to", "in"), rows, note)
