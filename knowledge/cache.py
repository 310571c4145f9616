"""Files that can be made again, kept so that a start takes a moment. Failing to keep one is no error."""

import os
import platform
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
Kept = TypeVar("Kept")

KEPT = 4
"""Builds of a kind that are kept: more than one, for a test beside a running bot must not clear away the other's."""


def cache_folder() -> Path:
    """Where builds are kept: CARERS_BOT_CACHE, or the place for caches on this system."""
    own = os.environ.get("CARERS_BOT_CACHE")
    if own:
        return Path(own)
    home = Path.home()
    if platform.system() == "Darwin":
        return home / "Library" / "Caches" / "carers-bot"
    if platform.system() == "Windows":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "carers-bot"
    return Path(os.environ.get("XDG_CACHE_HOME", home / ".cache")) / "carers-bot"


def keep(path: Path, **arrays: NDArray[Any]) -> None:
    """Write all or nothing, so that no other process sees half a file. An unwritable folder is passed over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(file.name).replace(path)
    except OSError:
        return  # the next start makes it again


def read(path: Path, unpack: Callable[[Arrays], Kept]) -> Kept | None:
    """What was kept, unpacked; None if there is nothing that can be read, or if it is of another shape."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return unpack(dict(kept))
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
        return None


def keep_newest(folder: Path, pattern: str) -> None:
    """Clear away all but the KEPT newest builds whose names fit the pattern."""
    try:
        builds = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in builds[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
