"""What somebody does for the person they look after, as scenes."""

import re

from conversations.answers.text import Heard
from conversations.answers.vocabulary import headings
from conversations.slots import Task

_EVERYTHING = "everything"
_DOES_SOMETHING = re.compile(
    r"\b(?:i|we)\b(?! (?:dont|do not|cant|never|only|just|ring|phone|call|text|see|visit|meet|pop|go|talk|chat)\b)"
    r".*\b(?:her|him|them|his|their)\b"
    r"|^ *(?!(?:no|not|nah|none|nothing|never|just|only|dont|cant|ring|phone|call|text|see|visit|meet|pop|go|talk|chat"
    r"|ask|tell|why|what|how|who|when|where|which|do|does|did|can|could|is|are|am|was|will|would|should|because|cos|if"
    r"|for|with|about|to|from|i|im|ive|we|she|he|they|you|it|its|this|that|my|her|his|their|our|a|an|the|yes|yeah|and|but|or)\b)"
    r"\w+(?: \w+)? (?:her|him|them|my \w+)\b"  # "get her to bed"
)


def read_tasks(said: Heard) -> tuple[Task, ...]:
    """The tasks in a reply to the question what they do; "everything" stands for the commonest."""
    found = headings(said, "tasks")
    real = [Task(value) for value in found if value not in (_EVERYTHING, Task.NONE)]
    if real:
        return tuple(real)
    if _EVERYTHING in found:
        return (Task.HOUSEHOLD, Task.KEEPING_AN_EYE)
    if Task.NONE not in found and _DOES_SOMETHING.search(said.line):
        return (Task.KEEPING_AN_EYE,)  # in words that no list has: "I pass her things"
    return (Task.NONE,) if Task.NONE in found else ()


def scan_tasks(said: Heard) -> tuple[Task, ...]:
    """Tasks spoken of in a free message that is about looking after somebody."""
    return tuple(Task(value) for value in headings(said, "tasks") if value not in (_EVERYTHING, Task.NONE))
