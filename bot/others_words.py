"""Others' words, made safe to print."""


def one_line(text: str, most: int) -> str:
    """One line of at most so many characters, and nothing in it that a terminal would take for a command."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(plain.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
