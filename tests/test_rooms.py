"""Who may know whom: the rooms of the architecture, held by their imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "knowledge": {"knowledge"},
    "conversations": {"conversations", "knowledge"},
    "bot.channels": {"bot.channels", "bot.bodies", "conversations"},
    "bot.storage": {"bot.storage", "bot.cells", "conversations"},
    "bot.evaluation": {"bot.evaluation", "conversations", "knowledge"},
    "bot.simulation": {"bot.simulation", "bot.evaluation", "bot.service", "bot.storage", "conversations", "knowledge"},
    "bot.maps": {"bot.maps", "conversations", "knowledge"},
    "bot.posters": {"bot.posters", "conversations", "knowledge"},
    "bot.partners": {"bot.partners", "bot.bodies", "bot.cells", "conversations"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", ALLOWED)
def test_room_knows_only_what_it_may(room: str) -> None:
    ours = ("knowledge", "conversations", "bot", "tests")
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room.replace(".", "/")).rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] in ours and not any(f"{name}.".startswith(f"{good}.") for good in ALLOWED[room])
    }
    assert wrong == set()


def test_every_room_has_something_in_it() -> None:
    assert all(list((ROOT / room.replace(".", "/")).rglob("*.py")) for room in ALLOWED)


def test_one_place_asks_what_time_it_is_and_a_day_is_a_day_in_leicester() -> None:
    """UTC's day is yesterday here for an hour of every summer night."""
    asking = {
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for room in ("bot", "conversations", "knowledge")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and asks_the_time(ast.unparse(node))
    }
    assert asking == {"bot/channels/__init__.py: datetime.now(UTC)"}


def asks_the_time(call: str) -> bool:
    return call.startswith(("datetime.now(", "datetime.utcnow(", "date.today(", "time.time(")) or "now().date(" in call
