"""The command line as people run it: a process of its own, piped."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.cache import cache_folder

ROOT = Path(__file__).parent.parent
KEYS = {"replies", "asks", "found", "outcome", "events"}


def run(*arguments: str, given: bytes = b"", cwd: Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run carers-bot in an empty folder, with none of this machine's settings."""
    built = {"CARERS_BOT_CACHE": str(cache_folder())}  # so that the matcher is not built anew for every process
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": str(ROOT), **built, **settings}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=cwd, env=environment, check=False, timeout=300)


def talk(said: str, *options: str, cwd: Path) -> list[dict[str, Any]]:
    done = run("chat", "--json", *options, given=said.encode(), cwd=cwd)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_machine_readable_chat(tmp_path: Path) -> None:
    turns = talk("hi\nyes my mum\n15\nwigston\n3 hrs a night\nschool\n", cwd=tmp_path)
    assert [set(turn) for turn in turns] == [KEYS] * 6
    assert [turn["asks"] for turn in turns] == [
        "helps_someone",
        "age",
        "place",
        "hours",
        "work",
        None,
    ]
    assert [turn["outcome"] for turn in turns[:-1]] == [None] * 5
    assert turns[-1]["outcome"] == {
        "carer": True,
        "kinds": ["young"],
        "area": "leicestershire",
        "hours": "20-34",
        "reason_not": None,
    }
    assert turns[-1]["found"] == {"kind": "check", "topics": [], "risk": None, "area": "leicestershire"}
    assert turns[-1]["events"] == [
        {
            "name": "identified",
            "channel": "sms",
            "area": "leicestershire",
            "hours": "20-34",
            "stage": "stem",
            "kinds": ["young"],
        }
    ]
    first = turns[0]["replies"][0]
    assert [choice["key"] for choice in first["choices"]] == ["1", "2", "3"]
    assert (first["segments"], first["encoding"]) == (2, "GSM-7")


def test_every_fresh_line_is_somebody_new(tmp_path: Path) -> None:
    turns = talk("i want to kill myself\nhi\nhow much is carers allowance\nstop\nhi\n", "--fresh", cwd=tmp_path)
    assert [turn["found"]["kind"] for turn in turns] == ["urgent", "smalltalk", "answer", "control", "smalltalk"]
    assert turns[0]["found"]["risk"] == "suicide-self-harm"
    assert turns[2]["found"]["topics"][0] == "carers-allowance"
    assert turns[3]["replies"] == []


@pytest.mark.parametrize("line", [b"\xff\xfe\xfa", b"", b" ", b"\x00", b"a" * 10_000, "😀".encode()])
def test_any_bytes_get_an_answer(tmp_path: Path, line: bytes) -> None:
    done = run("chat", "--json", given=line + b"\n", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["replies"][0]["text"]


def test_nothing_is_left_behind_by_a_talk(tmp_path: Path) -> None:
    talk("hi\n", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix.startswith(".sqlite")] == []


def test_counts_are_empty_at_first_and_prepare_makes_the_store(tmp_path: Path) -> None:
    assert run("prepare", cwd=tmp_path).returncode == 0
    assert (tmp_path / "carers-bot.sqlite3").exists()
    assert run("counts", cwd=tmp_path).stdout == b"Nothing has been counted yet.\n"


def test_wrong_settings_stop_the_start_and_are_all_named(tmp_path: Path) -> None:
    done = run("serve", cwd=tmp_path, PORT="many", TWILIO_AUTH_TOKEN="x", DATABASE_URL="oracle://")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert [name for name in ("PORT", "DATABASE_URL") if name not in told] == []


@pytest.mark.parametrize("command", ["check", "serve"])
def test_files_that_cannot_be_read_are_told_plainly(tmp_path: Path, command: str) -> None:
    """In a copy of the program whose words of answers and places end in a bracket that is not closed."""
    for room in ("bot", "conversations", "knowledge"):
        shutil.copytree(ROOT / room, tmp_path / room)
    for name in ("conversations/answers/words.toml", "knowledge/places.toml"):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("[\n")
    done = run(command, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    told = (done.stdout + done.stderr).decode()
    assert (done.returncode, "Traceback" in told) == (1, False)
    assert [name in told for name in ("answers/words.toml: file: ", "places.toml: file: ")] == [True, True]


@pytest.mark.parametrize(
    "arguments", [("serve", "--port", "0"), ("serve", "--port", "70000"), ("review", "--most", "0")]
)
def test_a_number_out_of_range_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, b"is not in the range" in done.stderr) == (2, True)


def test_an_unknown_topic_is_told_plainly(tmp_path: Path) -> None:
    done = run("show", "no-such-topic", cwd=tmp_path)
    assert (done.returncode, b"topics.toml" in done.stderr) == (1, True)


def test_a_poster_is_written_in_both_sizes_and_forms(tmp_path: Path) -> None:
    done = run("poster", "oadby", "--young", "--folder", "out", cwd=tmp_path, SMS_NUMBER="07700 900123")
    names = [f"poster-oadby-young-{size}.{form}" for size in ("a4", "a5") for form in ("pdf", "svg")]
    assert (done.returncode, done.stdout.decode().splitlines()) == (0, [f"Written: out/{name}" for name in names])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", "--number", "1"), "SMS_NUMBER"),
        (("nowhere", "--number", "07700 900123"), "there is no code 'nowhere'"),
        (("oadby",), "set SMS_NUMBER or TELEGRAM_BOT"),
        (("oadby", "--bot", "not a name"), "TELEGRAM_BOT"),
        (("oadby", "--bot", "CarersBot", "--folder", "/dev/null/x"), "cannot be written"),
    ],
)
def test_a_poster_that_cannot_be_made_is_told_plainly(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    done = run("poster", *arguments, cwd=tmp_path)
    assert (done.returncode, told in done.stderr.decode(), b"Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize(
    ("form", "begins"), [("mermaid", "flowchart TD"), ("svg", "<svg "), ("html", "<!doctype html>")]
)
def test_the_map_is_printed_or_written(tmp_path: Path, form: str, begins: str) -> None:
    printed = run("flows", "--format", form, cwd=tmp_path, SERVICE_NAME="Test Line").stdout.decode()
    written = run("flows", "--format", form, "--output", "map", cwd=tmp_path, SERVICE_NAME="Test Line")
    assert printed.startswith(begins)
    assert "Test Line" in printed
    assert (written.stdout, (tmp_path / "map").read_text(encoding="utf-8")) == (b"Written: map\n", printed)


def test_show_prints_what_a_child_would_get_by_text(tmp_path: Path) -> None:
    options = ("--area", "rutland", "--audience", "young", "--channel", "sms")
    told = run("show", "young-carers-support", *options, cwd=tmp_path).stdout.decode()
    assert "0800 1111" in told
    assert "Source:" in told
    assert "3 segments" not in told


def test_partners_are_added_listed_and_revoked(tmp_path: Path) -> None:
    added = run("partners", "add", "Example  Carers", cwd=tmp_path, PORT="8123")
    link = re.search(rb"http://127\.0\.0\.1:8123/partners/set-up/([\w-]{43})\n", added.stdout)
    assert (added.returncode, added.stderr) == (0, b"")
    assert link
    assert link[1] not in (tmp_path / "carers-bot.sqlite3").read_bytes()
    assert run("partners", "list", cwd=tmp_path).stdout == b"Example Carers\thas not chosen a password yet\n"
    assert run("partners", "revoke", "example carers", cwd=tmp_path).returncode == 0
    assert b"No partner has been added yet" in run("partners", "list", cwd=tmp_path).stdout


def test_a_partner_that_is_not_there_cannot_be_revoked(tmp_path: Path) -> None:
    done = run("partners", "revoke", "Nobody", cwd=tmp_path)
    assert (done.returncode, b"partners list" in done.stderr) == (1, True)


def test_a_partner_needs_a_name(tmp_path: Path) -> None:
    done = run("partners", "add", " ", cwd=tmp_path)
    assert (done.returncode, b"1 to 80" in done.stderr) == (1, True)
