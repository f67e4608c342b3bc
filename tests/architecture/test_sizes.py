"""The house stays readable: small files, short functions, plain names, no hidden imports.

Where a limit would make code worse, the line of the `def`, or a line of the file, says `# long: why`.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("src/hamrong", "tests", "bench")
    for file in (ROOT / folder).rglob("*.py")
    if "migrations" not in file.parts
)
FILE_LIMIT = 400
FUNCTION_LIMIT = 50
USUAL = 25
FORBIDDEN = {"utils", "util", "helpers", "helper", "mixins", "managers", "base", "common", "misc"}


def name(file):
    return str(file.relative_to(ROOT))


@cache
def tree(file):
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file):
    """(function, lines of its code): the docstring is not counted, it is there to be read."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            yield node, (node.end_lineno - body[0].lineno + 1 if body else 0)


def is_exempt(file, node):
    return "# long: " in file.read_text(encoding="utf-8").split("\n")[node.lineno - 1]


def test_no_file_is_longer_than_it_can_be_seen_whole():
    texts = {name(file): file.read_text(encoding="utf-8").split("\n") for file in FILES}
    too_long = {file: len(text) for file, text in texts.items() if len(text) > FILE_LIMIT}
    assert {file for file in too_long if not any(line.startswith("# long: ") for line in texts[file])} == set()


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{name(file)}:{node.lineno} {node.name} has {size} lines"
        for file in FILES
        for node, size in functions(file)
        if size > FUNCTION_LIMIT and not is_exempt(file, node)
    ]
    assert long == []


def test_most_functions_are_short():
    sizes = [size for file in FILES for _node, size in functions(file)]
    assert sum(size <= USUAL for size in sizes) / len(sizes) > 0.95


def test_no_file_or_class_has_a_name_that_says_nothing():
    wrong = [name(file) for file in FILES if FORBIDDEN & {file.stem, file.parent.name}]
    wrong += [
        f"{name(file)}:{node.lineno} {node.name}"
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef) and re.search(r"(Mixin|Manager|Helper|Base|Util)$", node.name)
    ]
    assert wrong == []


def test_nothing_is_imported_inside_a_function():
    wrong = [
        f"{name(file)}:{inner.lineno} in {node.name}"
        for file in FILES
        for node, _size in functions(file)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_every_file_says_what_it_is_for():
    assert [
        name(file) for file in FILES if file.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(file))
    ] == []


def test_no_test_replaces_our_own_code():
    wrong = [
        f"{name(file)}:{node.lineno}"
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any("mock" in part for part in [getattr(node, "module", "") or "", *(each.name for each in node.names)])
    ]
    assert wrong == []


@pytest.mark.parametrize("limit", ["# noqa", "# type: ignore", "# pragma: no cover"])
def test_an_exemption_from_a_tool_names_what_it_exempts(limit):
    bare = re.compile(re.escape(limit) + r"(?!\s*[:\[])")
    wrong = [
        f"{name(file)}:{number}"
        for file in FILES
        if file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if bare.search(line)
    ]
    assert wrong == []


def test_pages_and_interfaces_ask_only_for_what_the_visitor_may_see():
    doors = [
        file for file in FILES if file.is_relative_to(ROOT / "src") and {file.stem, file.parent.name} & {"pages", "api"}
    ]
    wrong = [
        f"{name(file)}:{number}"
        for file in doors
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if ".objects." in line
    ]
    assert wrong == []
