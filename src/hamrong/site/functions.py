"""Which file holds a database function in force: later migrations write functions of earlier ones anew, whole."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

ROOT: Final = Path(__file__).parents[1]
MADE: Final = re.compile(r"create (?:or replace )?function ([a-z_]+)")


def written() -> dict[str, list[Path]]:
    """Every function by name, with the files that define it in the order in which migrations run: the last is in force.

    Paths are below `src/hamrong`; what a migration says itself is in its own file.
    """
    files = {file.read_text("utf-8"): file for file in ROOT.rglob("*.sql")}
    found: dict[str, list[Path]] = defaultdict(list)
    graph = MigrationLoader(None).graph
    for room, name in dict.fromkeys(one for leaf in sorted(graph.leaf_nodes()) for one in graph.forwards_plan(leaf)):
        for done in graph.nodes[room, name].operations:
            sql = done.sql if isinstance(done, RunSQL) and isinstance(done.sql, str) else ""
            at = files.get(sql, ROOT / room / "migrations" / f"{name}.py").relative_to(ROOT)
            for function in dict.fromkeys(MADE.findall(sql)):
                found[function].append(at)
    return dict(found)
