"""A build kept on disk, so that a start takes a moment. A stale or broken one is not used; failing to keep is no error.

Its name is a hash of everything it was made from: content, word lists, this package's code, and whether the second
opinion was to be had. So a change of any of them is a new build.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge import cache
from knowledge.loader import KNOWLEDGE
from knowledge.matching.building import Embed, Model
from knowledge.matching.confidence import Confidence
from knowledge.matching.features import Features
from knowledge.matching.lexicon import NOT_COVERED, WORDS
from knowledge.matching.model import Heads, Nearest
from knowledge.matching.semantic import FROM_START, LONGEST, SHA256
from knowledge.models import KnowledgeBase

Floats = NDArray[np.float32]

PREFIX = "matcher-"
MEANINGS = "meanings.npz"

CODE = ("language.py", *sorted(f"matching/{path.name}" for path in Path(__file__).parent.glob("*.py")))


def build_name(knowledge: KnowledgeBase, *, second_opinion: bool) -> str:
    """A hash of all that a build is made from."""
    digest = hashlib.sha256(f"second opinion {second_opinion} numpy {np.__version__}".encode())
    for name in (*CODE, WORDS, NOT_COVERED):
        digest.update((KNOWLEDGE / name).read_bytes())
    for topic in knowledge.topics.values():
        digest.update(repr((topic.id, topic.title, topic.covers)).encode())
    for entry in knowledge.entries.values():
        digest.update(repr((entry.topic, entry.audience.value, entry.title, entry.asks, entry.body)).encode())
    return PREFIX + digest.hexdigest()[:24]


def load(name: str, folder: Path) -> Model | None:
    """The build of this name, or None if there is none that can be read."""
    return cache.read(folder / f"{name}.npz", lambda kept: _unpacked(json.loads(bytes(kept["about"]).decode()), kept))


def keep(model: Model, name: str, folder: Path) -> None:
    """Keep the build and clear away older ones. A folder that cannot be written to is passed over."""
    cache.keep(folder / f"{name}.npz", **_packed(model))
    cache.keep_newest(folder, f"{PREFIX}*.npz")


def remembering(embed: Embed, path: Path) -> Embed:
    """`embed`, but what an earlier build reckoned is looked up in this file: an edit costs its own lines only."""

    def looked_up(texts: Sequence[str]) -> Floats:
        known = _meanings(path)
        names = [hashlib.sha256(f"{SHA256} {LONGEST} {FROM_START} {text}".encode()).hexdigest()[:24] for text in texts]
        new = [place for place, name in enumerate(names) if name not in known]
        if new:
            known |= dict(zip([names[place] for place in new], embed([texts[place] for place in new]), strict=True))
            kept = sorted(set(names))  # what no text needs any more is let go
            cache.keep(path, names=np.array(kept), rows=np.stack([known[name] for name in kept]))
        return np.stack([known[name] for name in names])

    return looked_up


def _meanings(path: Path) -> dict[str, Floats]:
    return cache.read(path, lambda kept: dict(zip(kept["names"].tolist(), kept["rows"], strict=True))) or {}


def _packed(model: Model) -> cache.Arrays:
    rows = model.nearest.rows
    about = {
        "topics": model.topics,
        "frequency": model.frequency,
        "number": model.features.number,
        "names": model.features.names,
        "texts": model.nearest.texts,
        "curves": [_curve(curve) for curve in (model.by_words, model.confidence)],
    }
    arrays = {
        "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        "rarity": model.features.rarity,
        "words": model.heads.words,
        "row_data": rows.data.astype(np.float32),
        "row_indices": rows.indices.astype(np.int32),
        "row_starts": rows.indptr.astype(np.int32),
        "ask_topic": model.nearest.topic,
    }
    if model.heads.meaning is not None and model.nearest.meanings is not None:
        arrays |= {"meaning": model.heads.meaning, "meanings": model.nearest.meanings}
    return arrays


def _unpacked(about: dict[str, object], kept: cache.Arrays) -> Model:
    topics, texts, names = (tuple(_texts(about[key])) for key in ("topics", "texts", "names"))
    number, frequency, curves = about["number"], about["frequency"], about["curves"]
    if not (isinstance(number, dict) and isinstance(frequency, dict) and isinstance(curves, list)):
        raise TypeError("a build of another shape")
    shape = (len(texts), len(names))
    rows = csr_matrix((kept["row_data"], kept["row_indices"], kept["row_starts"]), shape=shape)
    meaning = kept.get("meaning")
    meanings = kept.get("meanings")
    return Model(
        topics,
        frequency,
        Features(number, kept["rarity"], names),
        Heads(kept["words"], meaning),
        Nearest(rows, meanings, kept["ask_topic"], texts),
        *(_confidence(curve) for curve in curves),
    )


def _curve(confidence: Confidence) -> dict[str, object]:
    return {
        key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in asdict(confidence).items()
    }


def _confidence(curve: dict[str, object]) -> Confidence:
    lists = {key: np.array(value, dtype=np.float32) for key, value in curve.items() if isinstance(value, list)}
    return Confidence(**{**curve, **lists})  # type: ignore[arg-type]  # as _curve kept them


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("a build of another shape")
    return [str(item) for item in value]
