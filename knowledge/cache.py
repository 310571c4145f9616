"""Files that can be made again, kept so that a start takes a moment. Failing to keep one is no error."""

import os
import platform
import tempfile
from pathlib import Path

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


def keep(path: Path, content: bytes) -> None:
    """Write all or nothing, so that no other process sees half a file. An unwritable folder is passed over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError:
        return  # the next start makes it again


def keep_newest(folder: Path, pattern: str) -> None:
    """Clear away all but the KEPT newest builds whose names fit the pattern."""
    try:
        builds = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in builds[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
