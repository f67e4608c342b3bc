"""`hamrong jobs`: the background work."""

import click

from hamrong.site import boot


@click.group()
def jobs() -> None:
    """Work off or look at the queue of background jobs."""


@jobs.command()
@click.option("--once", is_flag=True, help="End when the queue is empty, instead of waiting for more.")
@click.option("--concurrency", default=2, show_default=True, help="Jobs at the same time.")
def worker(once: bool, concurrency: int) -> None:
    """Work off jobs; on SIGTERM the running ones are finished first."""
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
