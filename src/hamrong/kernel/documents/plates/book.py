"""The rule book: the files of rules, read strictly and checked against each other."""

import csv
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from hamrong.kernel.documents.plates.faults import faults
from hamrong.kernel.documents.plates.shape import (
    Book,
    Codes,
    Forms,
    Place,
    PlateRuleError,
    Source,
    Text,
    Unit,
    Versions,
    Words,
)

DATA = Path(__file__).parent / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T")


@cache
def book() -> Book:
    """Return the rules that the program ships with, read once."""
    return load(DATA)


def load(folder: Path) -> Book:
    """Read the files of a folder; raise PlateRuleError for the first unknown key, ill-formed value or dangling name."""
    sources = {
        name: Source(name, text.vi, text.en) for name, text in _read(folder, "sources.yaml", dict[str, Text]).items()
    }
    law = _read(folder, "versions.yaml", Versions)
    parts = _read(folder, "forms.yaml", Forms)
    places = _rows(folder, "provinces.csv", Place, lambda place: place.code)
    units = _rows(folder, "army.csv", Unit, lambda unit: unit.symbol)
    words = _read(folder, "words.yaml", Words)
    codes = _read(folder, "codes.yaml", Codes)
    forms = {form.id: form for form in parts.forms}
    result = Book(sources, law.versions, law, parts, forms, codes, places, units, words)
    for file, fault in faults(result):
        raise PlateRuleError(f"{folder / file}: {fault}")
    return result


def _read(folder: Path, file: str, shape: type[T]) -> T:
    path = folder / file
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=_LOADER)
        return msgspec.convert(_tree(node), shape, strict=False)
    except yaml.MarkedYAMLError as error:
        raise PlateRuleError(f"{path}: {error}") from error
    except msgspec.ValidationError as error:
        raise PlateRuleError(f"{path}: {error}") from error


def _tree(node: yaml.Node | None) -> Any:
    """A file as dict, list, str and None: the shape alone decides what is a number or a date."""
    if isinstance(node, yaml.SequenceNode):
        return [_tree(child) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _value in node.value]
        for key, times in Counter(keys).items():
            if times > 1:
                raise msgspec.ValidationError(f"line {node.start_mark.line + 1}: the key {key!r} stands twice below")
        return {key.value: _tree(value) for key, value in node.value}
    if not isinstance(node, yaml.ScalarNode):
        raise msgspec.ValidationError("the file is empty")
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _rows(folder: Path, file: str, shape: type[T], key: Callable[[T], str]) -> dict[str, T]:
    rows: dict[str, T] = {}
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                found = msgspec.convert(row, shape, strict=False)
            except msgspec.ValidationError as error:
                raise PlateRuleError(f"{folder / file}: {row}: {error}") from error
            if key(found) in rows:
                raise PlateRuleError(f"{folder / file}: {key(found)} stands twice")
            rows[key(found)] = found
    return rows
