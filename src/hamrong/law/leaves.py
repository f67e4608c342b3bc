"""Reading a YAML file strictly: every fault is named with its file and line."""

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from hamrong.law.shape import LawError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHERE = re.compile(r"`\$([^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_TAG = "tag:yaml.org,2002:"
T = TypeVar("T")


class Source:
    """A file as a tree of dict, list, str and None, which remembers the line on which each node stands.

    Every scalar but null stays the text that was written: the shape alone decides what is a number or a date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[str, int] = {}
        self._seen: set[yaml.Node] = set()
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise LawError(f"{path}:{line}: {error.problem}") from error
        if node is None:
            raise LawError(f"{path}:1: the file is empty")
        self.tree = self._tree(node, "$")

    def with_tree(self, tree: Any) -> "Source":
        """Return this file as if it said `tree`, its lines those of this file."""
        other = object.__new__(Source)
        other.path, other.lines, other.tree = self.path, self.lines, tree
        return other

    def error(self, where: str, reason: str) -> LawError:
        """Return the error for `reason`, placed on the line of `where` ("$.versions[1]") or of its nearest parent."""
        while where not in self.lines:
            where = where[: max(where.rfind("."), where.rfind("["))]
        return LawError(f"{self.path}:{self.lines[where]}: {reason}")

    def to(self, shape: type[T]) -> T:
        """Return the file as `shape`; raise LawError for an unknown, missing or ill-formed key."""
        return self._convert(self.tree, shape, "$")

    def entries(self, shape: type[T]) -> dict[str, T]:
        """Return a file whose top-level keys are names, each entry as `shape`; raise LawError as `to` does."""
        if not isinstance(self.tree, dict):
            raise self.error("$", "the file must be a list of names with their entries")
        return {name: self._convert(entry, shape, f"$.{name}") for name, entry in self.tree.items()}

    def _convert(self, tree: Any, shape: type[T], where: str) -> T:
        try:
            return msgspec.convert(tree, shape, strict=False)
        except msgspec.ValidationError as error:
            reason = str(error)
            place, unknown = _WHERE.search(reason), _UNKNOWN.search(reason)
            where += place[1] if place else ""
            raise self.error(f"{where}.{unknown[1]}" if unknown else where, reason) from error

    def _tree(self, node: yaml.Node, where: str) -> Any:
        self.lines[where] = node.start_mark.line + 1
        if node in self._seen:
            raise self.error(where, "an alias ties this to another place of the law: write it out")
        self._seen.add(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._tree(child, f"{where}[{i}]") for i, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, where)
        raise TypeError(f"YAML has no node {node!r}")

    def _mapping(self, node: yaml.MappingNode, where: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.value:
            self.lines[where] = key.start_mark.line + 1
            if key.tag != _TAG + "str":
                raise self.error(where, f"the bare key {key.value!r} is not text to YAML: put it in quotes")
            if key.value in result:
                raise self.error(where, f"the key {key.value!r} stands twice")
            result[key.value] = self._tree(value, f"{where}.{key.value}")
            self.lines[f"{where}.{key.value}"] = key.start_mark.line + 1
        self.lines[where] = node.start_mark.line + 1
        return result

    def _scalar(self, node: yaml.ScalarNode, where: str) -> str | None:
        kind, text = node.tag.removeprefix(_TAG), str(node.value)
        if kind == "null":
            return None
        if kind == "bool" and text not in ("true", "false"):
            raise self.error(where, f"the bare value {text!r} is true or false to YAML: put it in quotes")
        if kind in ("int", "float") and ":" in text:
            raise self.error(where, f"the bare time {text!r} is a number to YAML: put it in quotes")
        return text
