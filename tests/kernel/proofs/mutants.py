"""Small changes to the code that judges proofs, one at a time, and what must notice them in trees.

`make mutants` runs them all (`tests.mutants`). A mutant is killed where the checks fail on it, raise an error, or do
not end. What nothing can notice is listed with its reason.
"""

import ast
import copy
import hashlib
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import combinations, islice
from pathlib import Path
from typing import Any, NamedTuple

from hamrong.kernel.proofs import hamrong_verify, merkle

LEAVES = [f"leaf {number}".encode() for number in range(14)]
LONGER = 8
"""Times that a mutant may take of what the checks take on the code as it is, in seconds of the processor."""

SWAPS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.Gt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
    ast.BitAnd: (ast.BitOr,), ast.RShift: (ast.LShift,), ast.Sub: (ast.Add,), ast.Add: (ast.Sub,),
    ast.And: (ast.Or,), ast.Or: (ast.And,), ast.FloorDiv: (ast.Mult,),
}  # fmt: skip


def by_definition(leaves):
    """RFC 6962 section 2.1, word for word."""
    if len(leaves) < 2:
        return hashlib.sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


@cache
def root_of(low, high):
    return by_definition(LEAVES[low:high])


@cache
def paths():
    """(leaf, index, size, path) of every leaf of every tree."""
    return [
        (LEAVES[index], index, size, merkle.inclusion(index, size, root_of))
        for size in range(1, len(LEAVES) + 1)
        for index in range(size)
    ]


@cache
def proofs():
    return [(old, new, merkle.consistency(old, new, root_of)) for old, new in combinations(range(1, 15), 2)]


def wrong(proof):
    """Proofs that are almost this one."""
    yield [*proof, bytes(32)]
    for at in range(len(proof)):
        yield proof[:at] + proof[at + 1 :]
        yield [*proof[:at], bytes(32), *proof[at + 1 :]]


def of_the_verifier(code):
    """Checks of hamrong_verify's trees."""
    nodes: list[bytes] = []
    assert code.root(nodes) == by_definition([])
    for size, entry in enumerate(LEAVES):
        code.grow(nodes, size, code.leaf(entry))
        assert code.root(nodes) == root_of(0, size + 1)
    for entry, index, size, path in paths():
        assert code.climbed(entry, index, size, path) == root_of(0, size)
        assert code.climbed(b"another", index, size, path) != root_of(0, size)
        assert all(code.climbed(entry, index, size, each) != root_of(0, size) for each in wrong(path))
        assert code.climbed(entry, index, size, [*path, bytes(32)]) is None
        assert not path or code.climbed(entry, index, size, path[:-1]) is None
        assert code.climbed(entry, size, size, path) is None
        assert code.climbed(entry, -1, size, path) is None
    for old, new, proof in proofs():
        assert code.continued(old, root_of(0, old), new, proof) == root_of(0, new)
        assert code.continued(old, bytes(32), new, proof) != root_of(0, new)
        assert all(code.continued(old, root_of(0, old), new, each) != root_of(0, new) for each in wrong(proof))
    for old, new in ((0, 3), (0, 0), (3, 3), (4, 3), (-1, 3)):
        assert code.continued(old, root_of(0, 3), new, []) is None
        assert code.continued(old, root_of(0, 3), new, [root_of(0, 3)]) is None
    assert code.continued(4, root_of(0, 4), 4, []) is None
    _strict(code)


def _strict(code):
    assert code.strict("YWE=") == b"aa"
    for text in ("YWF=", "YWE", "YW E=", "YWE=\n"):
        refused(lambda text=text: code.strict(text))


def of_the_kernel(code):
    """Checks of kernel.proofs.merkle."""
    size, nodes = code.grown(0, [], [])
    for count, entry in enumerate(LEAVES):
        assert (size, code.root_of_nodes(nodes)) == (count, root_of(0, count))
        size, nodes = code.grown(size, nodes, [code.leaf(entry)])
    for entry, index, size, path in paths():
        assert code.inclusion(index, size, root_of) == path == code.path(LEAVES[:size], index)
        assert code.root(LEAVES[:size]) == root_of(0, size)
        assert code.included(entry, index, size, path, root_of(0, size))
        assert not code.included(b"another", index, size, path, root_of(0, size))
        assert not any(code.included(entry, index, size, each, root_of(0, size)) for each in wrong(path))
        for outside in (size, -1):
            assert not code.included(entry, outside, size, path, root_of(0, size))
            refused(lambda size=size, outside=outside: code.inclusion(outside, size, root_of), IndexError)
            refused(lambda size=size, outside=outside: code.path(LEAVES[:size], outside), IndexError)
    for old, new, proof in proofs():
        roots = root_of(0, old), root_of(0, new)
        assert code.consistency(old, new, root_of) == proof
        assert code.continues(old, roots[0], new, roots[1], proof)
        assert not code.continues(old, bytes(32), new, roots[1], proof)
        assert not code.continues(old, roots[0], new, bytes(32), proof)
        assert not any(code.continues(old, roots[0], new, roots[1], each) for each in wrong(proof))
    _edges(code)


def _edges(code):
    root = root_of(0, 3)
    assert code.continues(3, root, 3, root, []) and code.continues(0, code.EMPTY, 3, root, [])
    assert code.continues(0, code.EMPTY, 0, code.EMPTY, [])
    for case in (
        (3, root, 3, root, [root]), (3, root, 3, bytes(32), []), (0, root, 3, root, []), (0, root, 0, code.EMPTY, []),
        (0, code.EMPTY, 3, root, [root]), (4, root, 3, root, []), (-1, root, 3, root, [root]), (3, root, 4, root, []),
        (0, code.EMPTY, -1, root, []),
    ):  # fmt: skip
        assert not code.continues(*case), case
    assert [code.consistency(*each, root_of) for each in ((0, 3), (3, 3), (4, 3))] == [[], [], []]
    four = [code.leaf(each) for each in LEAVES[:4]]
    assert code.reduced(four) == root_of(0, 4)
    assert code.reduced([root]) == root and code.reduced([root, root]) == code.node(root, root)


def refused(what, error=ValueError):
    try:
        what()
    except error:
        return
    raise AssertionError("not refused")


class Target(NamedTuple):
    """A module, those of its functions that are changed, and what must notice."""

    module: Any
    functions: frozenset[str]
    checks: Callable[[Any], None]


TARGETS = (
    Target(
        hamrong_verify,
        frozenset({"climbed", "continued", "grow", "root", "leaf", "node", "strict"}),
        of_the_verifier,
    ),
    Target(
        merkle,
        frozenset({"leaf", "node", "root", "path", "included", "root_of_path", "root_above", "grown", "root_of_nodes",
                   "inclusion", "reduced", "consistency", "continues", "_climbed", "split", "_levels"}),
        of_the_kernel,
    ),
)  # fmt: skip
EQUIVALENT: dict[str, str] = {
    "merkle.continues: Lt->LtE (0) at 11 of `if not 0 < old < new:`": "an older tree of 0 leaves was answered above",
    "merkle.continues: Lt->LtE (1) at 11 of `if not 0 < old < new:`": "trees of one size were answered above",
    "merkle.consistency: Lt->LtE (1) at 11 of `if not 0 < old < new:`": "trees of one size have an empty proof too",
}
"""Mutants that no check can notice, by their names, and why."""


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """What can be changed at one place of the code: in words, and how."""
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            for other in SWAPS.get(type(op), ()):
                yield f"{type(op).__name__}->{other.__name__} ({at})", partial(_compared, at=at, other=other)
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign):
        for other in SWAPS.get(type(node.op), ()):
            yield f"{type(node.op).__name__}->{other.__name__}", partial(_set, name="op", value=other())
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value}->{node.value + 1}", partial(_set, name="value", value=node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bytes) and node.value:
        yield "other bytes", partial(_set, name="value", value=bytes([node.value[0] ^ 1]) + node.value[1:])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not not", partial(_set, name="operand", value=ast.UnaryOp(ast.Not(), node.operand))


def _set(node: Any, *, name: str, value: object) -> None:
    setattr(node, name, value)


def _compared(node: Any, *, at: int, other: type) -> None:
    node.ops[at] = other()


def mutants(target: Target) -> Iterator[tuple[str, Any]]:
    """Every mutant of a target: its name, and a module with the change in it."""
    source, module_name = Path(target.module.__file__).read_text("utf-8"), target.module.__name__.rpartition(".")[2]
    tree = ast.parse(source)
    named = _named(tree)
    assert target.functions <= named.keys(), target.functions - named.keys()
    places = [(name, at) for name in sorted(target.functions) for at, _ in enumerate(ast.walk(named[name]))]
    for function, at in places:
        for words, change in changes(_node(tree, function, at)):
            changed = copy.deepcopy(tree)
            node = _node(changed, function, at)
            line = source.split("\n")[node.lineno - 1].strip()
            change(node)
            module = type(sys)("mutant")
            module.__file__ = target.module.__file__
            try:
                exec(compile(ast.fix_missing_locations(changed), "mutant", "exec"), module.__dict__)
            except Exception:
                module = None  # it cannot even be loaded: noticed
            yield f"{module_name}.{function}: {words} at {node.col_offset} of `{line}`", module


def _named(tree: ast.Module) -> dict[str, ast.AST]:
    """Functions, methods (`Remaining.kth`) and constants of a module by their names."""
    found: dict[str, ast.AST] = {}
    for each in tree.body:
        if isinstance(each, ast.FunctionDef):
            found[each.name] = each
        elif isinstance(each, ast.ClassDef):
            found |= {f"{each.name}.{own.name}": own for own in each.body if isinstance(own, ast.FunctionDef)}
        elif isinstance(each, ast.Assign | ast.AnnAssign):
            (name,) = each.targets if isinstance(each, ast.Assign) else [each.target]
            found[ast.unparse(name)] = each.value
    return found


def _node(tree: ast.Module, name: str, at: int) -> Any:
    return list(ast.walk(_named(tree)[name]))[at]


def killed(module: Any, checks: Callable[[Any], None], seconds: float) -> bool:
    """Whether the checks notice; one that does not end within so many seconds of the processor counts as noticed."""

    def late(*_: object) -> None:
        raise TimeoutError

    if module is None:
        return True
    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        checks(module)
    except Exception:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return False


def survivors(targets: Iterable[Target], every: int = 1) -> tuple[int, list[str]]:
    """How many mutants were tried, each so-many-th of all, and which nobody noticed."""
    count, found = 0, []
    for target in targets:
        target.checks(target.module)
        began = time.process_time()
        target.checks(target.module)
        seconds = max(0.5, LONGER * (time.process_time() - began))
        for name, module in islice(mutants(target), 0, None, every):
            count += 1
            if not killed(module, target.checks, seconds):
                found.append(name)
    return count, found
