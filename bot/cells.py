"""A cell of a planned table: what the store keeps and partners' tables are made of."""

from typing import NamedTuple


class Cell(NamedTuple):
    """The table, its closed period, and the values of its dimensions."""

    table: str
    period: str
    values: tuple[str, ...]
