"""`hamrong jobs`: the background work."""

import os

import click

from hamrong.site import boot

NICE = 10
"""How far background work steps back for people who wait for an answer (nice(2))."""

PURGES = ("hamrong.lodging.jobs.purge_due", "hamrong.access.jobs.erase_due")
"""What erases whatever is past its retention, room by room."""


@click.group()
def jobs() -> None:
    """Work off or look at the queue of background jobs."""


@jobs.command()
@click.option("--once", is_flag=True, help="End when the queue is empty, instead of waiting for more.")
@click.option("--concurrency", default=2, show_default=True, help="Jobs at the same time.")
def worker(once: bool, concurrency: int) -> None:
    """Work off jobs; on SIGTERM the running ones are finished first."""
    os.nice(NICE)
    with boot.application() as load:
        load("hamrong.site.queue.work")(once=once, concurrency=concurrency)


@jobs.command(name="list")
def list_jobs() -> None:
    """Print how many jobs each queue holds in each state; exit code 1 when some have failed."""
    with boot.application() as load:
        rows = load("hamrong.site.queue.counts")()
    for queue, status, count in rows:
        click.echo(f"{queue:<20} {status:<12} {count:>8}")
    if any(status == "failed" for _queue, status, _count in rows):
        raise SystemExit(1)


@jobs.command()
@click.option("--dry-run", is_flag=True, help="Only count what would be erased.")
def purge(dry_run: bool) -> None:
    """Erase what is past its retention now, and print how much of what."""
    with boot.application() as load:
        for due in PURGES:
            for name, count in load(due)(dry_run=dry_run).items():
                click.echo(f"{name:<16} {count:>8}")


@jobs.command()
def forward() -> None:
    """Hand notifications on to the ministry's interface now; exit code 1 when some were refused or are unknown."""
    with boot.application() as load:
        counts = load("hamrong.lodging.jobs.hand_on")()
    for result, count in counts.items():
        click.echo(f"{result:<16} {count:>8}")
    if counts.keys() & {"rejected", "unknown"}:
        raise SystemExit(1)
