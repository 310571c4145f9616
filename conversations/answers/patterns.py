"""Lists of words, as they are written in the readers of answers."""


def one_of(choices: str) -> str:
    """A pattern for any one of some choices, written with commas between them."""
    return f"(?:{'|'.join(choice.strip() for choice in choices.split(','))})"


def listed(words: str) -> tuple[str, ...]:
    """The words of a list written with spaces between them."""
    return tuple(words.split())
