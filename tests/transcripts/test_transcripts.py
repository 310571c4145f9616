"""Every golden transcript, played again. `--write-transcripts` writes what is said today, for a reader to judge."""

from pathlib import Path

import pytest

from conversations.turns import Content
from tests.transcripts.playing import FOLDER, play, read

FILES = sorted(FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(path: Path, content: Content, request: pytest.FixtureRequest) -> None:
    played = play(read(path), content)
    if request.config.getoption("--write-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == played


def test_there_are_transcripts() -> None:
    assert len(FILES) >= 12
