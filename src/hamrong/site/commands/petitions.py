"""`hamrong petitions`: what a lawyer tries before a changed table of sorting is in force."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from hamrong.site import boot

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def petitions() -> None:
    """Complaints, denunciations and other petitions."""


@petitions.command()
@click.argument("table", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, required=True, help="Only say what would follow: all that this command does.")
@click.option("--from", "first", type=DAY, required=True, help="The first day on which the petitions came in.")
@click.option("--to", "last", type=DAY, required=True, help="The last one.")
@click.option("--as-of", "on", type=DAY, help="Try TABLE as if they came in on this day; else on its latest change.")
def sort(
    table: Path | None, dry_run: bool, first: datetime, last: datetime, on: datetime | None
) -> None:  # fmt: skip
    """Say what the table of sorting proposes for the petitions of a period, and what a changed one in TABLE would.

    TABLE is a copy of petitions/sorting.yaml. Where what was found of a petition was not kept (sorted before this could
    be tried), all rows are named that may follow from the one that it met. Nothing that petitions tell is read or
    printed, sealed or not: only their lines in the register.

    Exit code 1 when TABLE has a fault: a key it does not know, a petition that no row fits or several do on some day.
    """
    if not dry_run:
        raise click.UsageError("Only with --dry-run: petitions are sorted by officers, on their pages.")
    if last < first:
        raise click.UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}: no petition came in then.")
    with boot.application() as load:
        rows = _rows(load, table)
        day = on.date() if on else _latest(load, rows)
        trial = load("hamrong.petitions.actions.trying.try_table")(
            by=load("hamrong.access.upkeep.as_keeper")("petition.try", "try-sorting", datetime.now(UTC)), rows=rows,
            first=first.date(), last=last.date(), on=day, at=datetime.now(UTC),
        )  # fmt: skip
    for line in _told(trial, changed=table is not None, on=day.isoformat()):
        click.echo(line)


def _rows(load: Any, table: Path | None) -> Mapping[str, Any]:
    read, flaws = load("hamrong.petitions.rules.table"), load("hamrong.petitions.rules.flaws")
    error: type[Exception] = load("hamrong.law.LawError")
    try:
        rows: Mapping[str, Any] = read(table) if table else read()
    except error as problem:
        raise click.ClickException(str(problem)) from problem
    found = list(flaws(rows))
    if found:
        raise click.ClickException("\n".join([f"{table}: not every petition meets exactly one row.", *found]))
    return rows


def _latest(load: Any, rows: Mapping[str, Any]) -> Any:
    """The day of the latest change that a table names, or today."""
    today = datetime.now(UTC).date()
    return max([today, *load("hamrong.petitions.rules.days_of_change")(rows)])


def _told(trial: Any, *, changed: bool, on: str) -> Iterable[str]:
    yield f"{len(trial.tried)} sorted, {trial.unsorted} not sorted yet"
    if not changed:
        yield from _counted(f"{each.kind:<14} {_named(each.today)}" for each in trial.tried)
        return
    yield f"today's table -> the changed one, as if received on {on}:"
    yield from _counted(f"{_named(each.today)} -> {_named(each.changed)}" for each in trial.tried)
    moved = [each for each in trial.tried if each.differs]
    yield f"another answer for {len(moved)}:"
    yield from (f"  {each.line} {each.kind}: {_named(each.today)} -> {_named(each.changed)}" for each in moved)


def _counted(lines: Iterable[str]) -> Iterable[str]:
    return [f"{count:>8}  {line}" for line, count in sorted(Counter(lines).items())]


def _named(rows: Mapping[str, Any]) -> str:
    return " or ".join(f"{name} ({row.outcome})" for name, row in sorted(rows.items())) or "-"
