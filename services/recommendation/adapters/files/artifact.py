"""Reads a model's folder, and refuses it unless it is exactly what the contract says."""

import contextlib
import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from ...core.domain.ids import id_of, text_of
from ...core.domain.model import Model, Ranked, Table

SCHEMA_VERSION = 1
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_BYTES = 2 * 1024**3
MOST_MANIFEST_BYTES = 64 * 1024**2
CHUNK = 1024**2
WIDEST = 1_000

DTYPES = {"product_ids": "|u1", "product_category": "<i4", "user_keys": "<u8", "user_because": "<i4"}
TABLES = ("user", "buy_again", "similar", "together", "next", "content", "popular", "category_popular")
OPTIONAL = {"user_because"}
NAMES = [*DTYPES, *(f"{table}_{part}" for table in TABLES for part in ("items", "scores"))]


class BadArtifact(Exception):
    """Says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Pointer:
    version: str
    manifest_sha256: str


def read_pointer(models: Path) -> Pointer | None:
    """None if there is none. Raises BadArtifact."""
    try:
        text = (models / "current.json").read_bytes()
    except FileNotFoundError:
        return None
    pointer = _object(text, "current.json")
    if pointer.get("schema_version") != SCHEMA_VERSION:
        raise BadArtifact(f"current.json has the schema version {pointer.get('schema_version')}")
    version, sha256 = pointer.get("model_version"), pointer.get("manifest_sha256")
    if not (isinstance(version, str) and VERSION.fullmatch(version)):
        raise BadArtifact("current.json names no version")
    if not (isinstance(sha256, str) and SHA256.fullmatch(sha256)):
        raise BadArtifact("current.json has no hash of the manifest")
    return Pointer(version, sha256)


class Checked:
    """Files whose content was checked before, so that a return to an earlier model costs nothing."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[str, int, int, int]] = {}

    def knows(self, path: Path, sha256: str) -> bool:
        return self._files.get(path) == self._state(path, sha256)

    def note(self, path: Path, sha256: str) -> None:
        self._files[path] = self._state(path, sha256)

    def _state(self, path: Path, sha256: str) -> tuple[str, int, int, int]:
        stat = path.stat()
        return sha256, stat.st_ino, stat.st_size, stat.st_mtime_ns


def load_model(models: Path, pointer: Pointer, checked: Checked) -> Model:
    """Raises BadArtifact. Blocks while it reads: several hundred megabytes the first time."""
    folder = models / pointer.version
    try:
        return _load(folder, pointer, checked)
    except OSError as error:
        raise BadArtifact(f"{error.strerror or error}: {error.filename}") from error


def _load(folder: Path, pointer: Pointer, checked: Checked) -> Model:
    path = folder / "manifest.json"
    if path.stat().st_size > MOST_MANIFEST_BYTES:
        raise BadArtifact("the manifest is too large")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != pointer.manifest_sha256:
        raise BadArtifact("the manifest is not the one that the pointer names")
    manifest = _object(content, "the manifest")
    if manifest.get("schema_version") != SCHEMA_VERSION:
        raise BadArtifact(f"the manifest has the schema version {manifest.get('schema_version')}")
    if manifest.get("model_version") != pointer.version:
        raise BadArtifact("the manifest is of another version")
    try:
        files = {str(name): _File.of(str(name), one) for name, one in manifest["files"].items()}
        salt = bytes.fromhex(manifest["user_salt"])
        categories = [str(name) for name in manifest["categories"]]
        golden = [_Golden.of(one) for one in manifest["golden"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadArtifact(f"the manifest is not complete: {error}") from error
    if len(salt) != 32 or not golden:
        raise BadArtifact("the manifest has no salt of 32 bytes, or no golden questions")
    unknown = sorted(set(files) - set(NAMES))
    missing = sorted(set(NAMES) - set(files) - OPTIONAL)
    if unknown or missing:
        raise BadArtifact(f"the manifest lacks {missing}" if missing else f"unknown files: {unknown}")
    if sum((folder / f"{name}.npy").stat().st_size for name in files) > MOST_BYTES:
        raise BadArtifact("the files are too large")
    _check_shapes({name: file.shape for name, file in files.items()}, len(categories))
    products = files["product_ids"].shape[0]
    limits = {"product_category": len(categories)}
    arrays: dict[str, NDArray[Any]] = {}
    for name, file in files.items():
        path = folder / f"{name}.npy"
        if not checked.knows(path, file.sha256):
            _check_content(path, file, limits.get(name, products))
            checked.note(path, file.sha256)
        arrays[name] = _mapped(path, file)
    model = Model(
        version=pointer.version,
        salt=salt,
        categories=categories,
        product_ids=arrays["product_ids"],
        user_keys=arrays["user_keys"],
        tables={
            table: Table(_as_table(arrays[f"{table}_items"]), _as_table(arrays[f"{table}_scores"])) for table in TABLES
        },
        user_because=arrays.get("user_because"),
    )
    for one in golden:
        one.check(model)
    return model


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    dtype: str
    shape: tuple[int, ...]
    sha256: str

    @staticmethod
    def of(name: str, one: Mapping[str, Any]) -> "_File":
        dtype, shape, sha256 = one["dtype"], tuple(int(size) for size in one["shape"]), str(one["sha256"])
        expected = DTYPES.get(name, "<i4" if name.endswith("_items") else "<f4")
        if dtype != expected:
            raise ValueError(f"{name} is {dtype}, not {expected}")
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has the shape {shape}")
        return _File(name, dtype, shape, sha256)


def _check_shapes(shapes: Mapping[str, tuple[int, ...]], categories: int) -> None:
    def expect(name: str, *sizes: int | None) -> None:
        shape = shapes[name]
        fits = len(shape) == len(sizes) and all(
            found == size or (size is None and found <= WIDEST) for found, size in zip(shape, sizes, strict=False)
        )
        if not fits:
            raise BadArtifact(f"{name} has the shape {list(shape)}")

    products, users = shapes["product_ids"][0], shapes["user_keys"][0]
    expect("product_ids", products, 16)
    expect("product_category", products)
    expect("user_keys", users)
    rows: dict[str, tuple[int, ...]] = {
        **dict.fromkeys(("user", "buy_again"), (users,)),
        **dict.fromkeys(("similar", "together", "next", "content"), (products,)),
        "popular": (),
        "category_popular": (categories,),
    }
    for table, sizes in rows.items():
        expect(f"{table}_items", *sizes, None)
        if shapes[f"{table}_items"] != shapes[f"{table}_scores"]:
            raise BadArtifact(f"{table}_scores has another shape than {table}_items")
    if "user_because" in shapes and shapes["user_because"] != shapes["user_items"]:
        raise BadArtifact("user_because has another shape than user_items")


def _check_content(path: Path, file: _File, limit: int) -> None:
    """Reads the file once, in chunks of whole rows: a mapping would bring all of it into memory."""
    digest = hashlib.sha256()
    dtype = np.dtype(file.dtype)
    width = file.shape[-1]
    before: Any = None
    with path.open("rb") as stream:
        start = _read_header(stream, file)
        stream.seek(0)
        digest.update(stream.read(start))
        is_sorted = file.name in ("product_ids", "user_keys")
        # Sorted and flat arrays have no rows to look at: any portion will do.
        is_flat = len(file.shape) == 1
        row_bytes = dtype.itemsize if is_flat else dtype.itemsize * width
        left = dtype.itemsize * int(np.prod(file.shape))
        while left > 0:
            wanted = left if _is_single(file) else min(left, max(1, CHUNK // row_bytes) * row_bytes)
            content = stream.read(wanted)
            if len(content) < wanted:
                raise BadArtifact(f"{file.name} is shorter than its shape")
            digest.update(content)
            left -= len(content)
            part = np.frombuffer(content, dtype=dtype)
            if is_sorted:
                before = _check_sorted(file.name, part, before)
            else:
                _check_values(file.name, part.reshape(-1, width) if len(file.shape) == 2 and width else part, limit)
        if stream.read(1):
            raise BadArtifact(f"{file.name} is longer than its shape")
    if digest.hexdigest() != file.sha256:
        raise BadArtifact(f"{file.name} is corrupt: another hash than in the manifest")


def _is_single(file: _File) -> bool:
    """One row, such as what is popular: its order is looked at as a whole."""
    return len(file.shape) == 1 and file.name.startswith("popular_")


def _read_header(stream: BinaryIO, file: _File) -> int:
    """The length of the header, whose shape and type are those of the manifest."""
    try:
        version = np.lib.format.read_magic(stream)
        if version != (1, 0):
            raise ValueError(f"format {version}")
        shape, is_fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    except ValueError as error:
        raise BadArtifact(f"{file.name} is no array: {error}") from error
    if shape != file.shape or is_fortran or dtype.str != file.dtype:
        raise BadArtifact(f"{file.name} is {dtype.str} {list(shape)}, and the manifest says something else")
    return stream.tell()


def _check_sorted(name: str, part: NDArray[Any], before: Any) -> Any:
    keys: NDArray[Any] = part.view("S16") if name == "product_ids" else part
    is_ascending = bool(np.all(keys[:-1] < keys[1:])) and (before is None or bool(before < keys[0]))
    if not is_ascending:
        raise BadArtifact(f"{name} is not strictly ascending")
    return keys[-1]


def _check_values(name: str, part: NDArray[Any], limit: int) -> None:
    if name.endswith("_scores"):
        falls = part[..., 1:] <= part[..., :-1]
        if not (np.all(np.isfinite(part)) and np.all(part >= 0) and np.all(falls)):
            raise BadArtifact(f"{name} has a score that is no number, is negative, or is higher than the one before it")
        return
    if part.size and not (int(part.min()) >= -1 and int(part.max()) < limit):
        raise BadArtifact(f"{name} names a row that does not exist")
    if name.endswith("_items") and bool(np.any((part[..., :-1] < 0) & (part[..., 1:] >= 0))):
        raise BadArtifact(f"{name} has a gap in a row")


def _mapped(path: Path, file: _File) -> NDArray[Any]:
    if 0 in file.shape:
        return np.empty(file.shape, dtype=file.dtype)  # nothing to map
    # As a plain array: each look into a `memmap` makes another one, which costs more than the look.
    mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return mapped


def _as_table(array: NDArray[Any]) -> NDArray[Any]:
    table: NDArray[Any] = array.reshape(1, -1) if array.ndim == 1 else array
    return table


@dataclass(frozen=True, slots=True)
class _Golden:
    table: str
    question: Mapping[str, str]
    answer: Sequence[str]

    @staticmethod
    def of(one: Mapping[str, Any]) -> "_Golden":
        question = {str(name): str(value) for name, value in one["question"].items()}
        return _Golden(question["table"], question, [str(product) for product in one["answer"]])

    def check(self, model: Model) -> None:
        try:
            found = self._ask(model)
        except (KeyError, ValueError) as error:
            raise BadArtifact(f"a golden question cannot be asked: {dict(self.question)}") from error
        answer = [text_of(product) for product, _ in found][: len(self.answer) or None]
        if answer != list(self.answer):
            raise BadArtifact(f"a golden question has another answer: {dict(self.question)}")

    def _ask(self, model: Model) -> Ranked:
        match self.table:
            case "popular":
                return model.popular()
            case "category_popular":
                return model.of_category(self.question["category"])
            case "user" | "buy_again":
                return model.of_key(self.table, int(self.question["user_key"]))
            case "similar" | "together" | "next" | "content":
                return model.of_product(self.table, id_of(self.question["product_id"]))
            case _:
                raise ValueError(self.table)


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise BadArtifact(f"{name} is not JSON") from error
    if not isinstance(found, dict):
        raise BadArtifact(f"{name} is no object")
    return found


def be_unhurried() -> None:
    """Lets requests go first: this thread checks files."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
