"""places.toml → Places, or a ContentError that names every fault."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from knowledge.errors import ContentError, Fault
from knowledge.loader import read_toml
from knowledge.places import AUTHORITIES, NOWHERE, Name, Places, letters

_DISTRICT = re.compile(r"[A-Z]{1,2}\d{1,2}")
_SHORTEST_MISSPELT = 5  # letters: one wrong letter in "Hose" is another word


def load_places(path: Path) -> Places:
    """Read the places file, or raise `ContentError` with all that is wrong with it."""
    faults = list[Fault]()
    data = read_toml(path, path.name, faults)
    if faults:
        raise ContentError(tuple(faults))
    return _Reader(path.name).read(data)


class _Reader:
    """Checks the file while reading it, and gathers every fault before giving up."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def read(self, data: Mapping[str, Any]) -> Places:
        names: dict[str, Name] = {}
        for field in ("places", "wide"):
            for entry in self._entries(data, field):
                self._add_name(names, entry, wide=field == "wide")
        districts = dict(self._district(entry) for entry in self._entries(data, "districts"))
        words = {field: self._words(data, field) for field in ("neighbour_areas", "not_a_home", "not_places")}
        if self.faults:
            raise ContentError(tuple(self.faults))
        return Places(
            names=names,
            by_initial={
                initial: tuple(key for key in names if key[0] == initial and len(key) >= _SHORTEST_MISSPELT)
                for initial in ascii_lowercase
            },
            districts=districts,
            neighbour_areas=frozenset(area.upper() for area in words["neighbour_areas"]),
            not_a_home=words["not_a_home"],
            not_places=words["not_places"],
        )

    def _fault(self, field: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, field, problem, remedy))

    def _entries(self, data: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
        entries = data.get(field)
        if not isinstance(entries, list):
            self._fault(field, "is missing.", f"Add the list {field} = [ ... ].")
            return
        for number, entry in enumerate(entries, start=1):
            if isinstance(entry, dict) and isinstance(entry.get("name"), str) and letters(entry["name"]):
                yield entry
            else:
                self._fault(f"{field}, line {number}", "has no name.", 'Write name = "...".')

    def _words(self, data: Mapping[str, Any], field: str) -> frozenset[str]:
        words = data.get(field)
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return frozenset(words)
        self._fault(field, "is not a list of words.", f'Write {field} = ["...", "..."].')
        return frozenset()

    def _authorities(self, entry: Mapping[str, Any], allowed: tuple[str, ...]) -> tuple[str, ...]:
        value = entry.get("authority")
        chosen = tuple(value) if isinstance(value, list) else (value,)
        if chosen and all(item in allowed for item in chosen):
            return chosen
        self._fault(entry["name"], "has an authority that is not known.", f"Choose from {', '.join(allowed)}.")
        return ()

    def _add_name(self, names: dict[str, Name], entry: Mapping[str, Any], *, wide: bool) -> None:
        unknown = sorted(set(entry) - {"name", "authority", "aliases", "ordinary"})
        if unknown:
            self._fault(entry["name"], f"has {', '.join(unknown)}, which means nothing here.", "Take it out.")
        aliases = entry.get("aliases", [])
        if not isinstance(aliases, list) or not all(isinstance(alias, str) and letters(alias) for alias in aliases):
            self._fault(entry["name"], "has aliases that are not a list of names.", 'Write aliases = ["...", "..."].')
            aliases = []
        authorities = self._authorities(entry, AUTHORITIES)
        name = Name(entry["name"], authorities, ordinary=bool(entry.get("ordinary")), wide=wide)
        for way in (entry["name"], *aliases):
            known = names.setdefault(letters(way), name)
            if known is not name:
                problem = f'"{way}" also stands under {known.name}.'
                self._fault(entry["name"], problem, "Keep it in one line, with every authority that it may mean.")

    def _district(self, entry: Mapping[str, Any]) -> tuple[str, Name]:
        name = entry["name"]
        if not _DISTRICT.fullmatch(name):
            self._fault(name, "is not a postcode district.", 'Write it as "LE3".')
        authorities = self._authorities(entry, (*AUTHORITIES, NOWHERE))
        return name, Name(name, authorities, ordinary=False, wide=False)
