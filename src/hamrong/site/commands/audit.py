"""`hamrong audit`: whether the record is as it was written."""

import time
from typing import Any

import click

from hamrong.site import boot
from hamrong.site.cli import Unusable

TAMPERED, CANNOT_TELL, USAGE = 1, 2, 3


class WrongUsage(click.UsageError):
    """Wrong usage, with the exit code that the verifier has for it."""

    exit_code = USAGE


class Verify(click.Command):
    """Its exit codes are the verifier's own: 2 means that nothing can be said, so wrong usage has to be 3."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise WrongUsage(error.message, error.ctx) from error


@click.group()
def audit() -> None:
    """Check the append-only record of acts."""


@audit.command(cls=Verify, epilog="Exit codes: 0 intact; 1 tampered with; 2 cannot tell; 3 wrong usage.")
@click.option("--stream", default="", help="Only this stream (a case, a session); every stream without it.")
def verify(stream: str) -> None:
    """Recompute every entry, follow every chain, and name the first entry that is not as it was written.

    What it cannot see without a checkpoint kept elsewhere: the newest entries of a stream cut off.
    """
    began = time.monotonic()
    try:
        report, word = _checked(stream)
    except Unusable as error:
        click.echo(f"cannot tell: {error.message}", err=True)
        raise SystemExit(CANNOT_TELL) from error
    if report.bad:
        row = report.bad.row
        click.echo(f"TAMPERED stream {row.stream} entry {row.stream_seq} id {row.id}: {report.bad.kind}, {word}")
        raise SystemExit(TAMPERED)
    if stream and not report.entries:
        click.echo(f"cannot tell: there is no stream {stream}", err=True)
        raise SystemExit(CANNOT_TELL)
    seconds = max(time.monotonic() - began, 1e-9)
    click.echo(
        f"intact, UNANCHORED: {report.entries} entries in {report.streams} streams, "
        f"details of {report.erased} erased, {report.entries / seconds:,.0f} entries/s"
    )


def _checked(stream: str) -> tuple[Any, str]:
    """The report, and the words for what is bad in it."""
    with boot.application() as load:
        problem = load("django.db.DatabaseError")
        try:
            report = load("hamrong.access.upkeep.check_record")(stream, load("django.utils.timezone.now")())
        except problem as error:
            raise Unusable(f"the record cannot be read: {error}") from error
        return report, load("hamrong.audit.verification.WORDS")[report.bad.kind] if report.bad else ""
