"""Hiding small numbers of tables so that nobody can reckon them again from what is published beside them.

A group of tables that count the same matters is a network: a number is what flows from a row to a column, through the
totals, and back. A small number is safe when some other table, in which it is not small, agrees with every number that
is published; such a table is the true one with so many more sent around a circle of hidden numbers.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

Key = tuple[str, str, str]
"""(table, row, column) of a number; TOTAL stands for a sum."""
Node = Hashable

LEAST: Final = 10
TOTAL: Final = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A number as a flow: from where, to where, and how much."""

    key: Key
    source: Node
    target: Node
    value: int


Ways = defaultdict[Node, list[tuple[Node, Edge, bool]]]


def edges(tables: Mapping[str, Mapping[tuple[str, str], int]]) -> list[Edge]:
    """One or two tables with the same columns and the same totals of columns, as a network.

    Numbers are given without totals: row, column → how many. A combination that cannot be is left out of them.
    """
    first, *second = tables
    assert len(second) < 2, "a third table with the same totals makes no network"
    columns = sorted({column for cells in tables.values() for _row, column in cells})
    found = [
        Edge((first, row, column), ("row", first, row), ("in", column), many)
        for (row, column), many in tables[first].items()
    ]
    found += _rows(first, tables[first], reverse=False)
    sums = {column: sum(many for (_row, at), many in tables[first].items() if at == column) for column in columns}
    found += [Edge(("", TOTAL, column), ("in", column), _out(column, second), sums[column]) for column in columns]
    for name in second:
        found += [
            Edge((name, row, column), ("out", column), ("row", name, row), many)
            for (row, column), many in tables[name].items()
        ]
        found += _rows(name, tables[name], reverse=True)
    return [*found, Edge(("", TOTAL, TOTAL), "end", "start", sum(sums.values()))]


def _out(column: str, second: list[str]) -> Node:
    return ("out", column) if second else "end"


def _rows(name: str, cells: Mapping[tuple[str, str], int], *, reverse: bool) -> list[Edge]:
    rows: dict[str, int] = {}
    for (row, _column), many in cells.items():
        rows[row] = rows.get(row, 0) + many
    ends = [(("row", name, row), "end") if reverse else ("start", ("row", name, row)) for row in rows]
    return [
        Edge((name, row, TOTAL), source, target, many)
        for (row, many), (source, target) in zip(rows.items(), ends, strict=True)
    ]


def hidden(numbers: list[Edge], least: int = LEAST) -> frozenset[Key]:
    """Which numbers stay unpublished: all below `least`, and as many others as keep those from being reckoned."""
    ways = _ways(numbers)
    small = sorted((edge for edge in numbers if edge.value < least), key=lambda each: each.key)
    away = {edge.key for edge in small}
    among = _ways(small)
    for edge in small:
        if _is_safe(among, edge, least - edge.value):
            continue
        away |= (added := _circle(ways, edge, away, least - edge.value) - away)
        among = _ways([each for each in numbers if each.key in away]) if added else among
    return frozenset(away)


def _ways(numbers: Iterable[Edge]) -> Ways:
    """Where one comes from each node, over which number, and whether it is lowered by going there."""
    found: Ways = defaultdict(list)
    for edge in numbers:
        found[edge.source].append((edge.target, edge, False))
        found[edge.target].append((edge.source, edge, True))
    return found


def _is_safe(among: Ways, small: Edge, more: int) -> bool:
    """Whether `more` can be sent around a circle through a small number over hidden ones alone: no other is needed."""
    seen, waiting = {small.target}, [small.target]
    while waiting:
        for to, edge, lowered in among[waiting.pop()]:
            if edge is small or to in seen or (lowered and edge.value < more):
                continue
            if to == small.source:
                return True
            seen.add(to)
            waiting.append(to)
    return False


def _circle(ways: Ways, small: Edge, away: set[Key], more: int) -> set[Key]:
    """The numbers on the cheapest circle around which `more` can be sent through a small one; hidden ones cost nothing.

    A number is raised without bound, and lowered by no more than it is.
    """
    best: dict[Node, tuple[int, Edge | None, Node]] = {small.target: (0, None, small.target)}
    queue: list[tuple[int, int, Node]] = [(0, 0, small.target)]
    turn = 0
    while queue:
        cost, _turn, at = heappop(queue)
        if at == small.source:
            break
        if cost > best[at][0]:
            continue
        for to, edge, lowered in ways[at]:
            if edge is small or (lowered and edge.value < more):
                continue
            price = cost + (0 if edge.key in away else edge.value + 1)
            if to not in best or price < best[to][0]:
                turn += 1
                best[to] = (price, edge, at)
                heappush(queue, (price, turn, to))
    return _walked(best, small.source)


def _walked(best: Mapping[Node, tuple[int, Edge | None, Node]], end: Node) -> set[Key]:
    keys: set[Key] = set()
    at = end
    while True:
        _cost, edge, before = best[at]
        if edge is None:
            return keys
        keys.add(edge.key)
        at = before
