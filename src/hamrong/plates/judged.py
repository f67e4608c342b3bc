"""The statistical report on our own draws: made at night, kept as a public file, never made in a request."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from hamrong.audit.publishing import put
from hamrong.plates.fairness.report import Report, report
from hamrong.plates.queries import observed

FILE: Final = "plates/fairness.json"


class Judged(msgspec.Struct, frozen=True):
    """A report, when it was made, and how many entries of the public log it is about."""

    at: datetime
    entries: int
    report: Report


def judge(folder: Path, codes: Collection[str], at: datetime) -> Judged:
    """Make the report on all draws of these pools, and put it where everybody can fetch it."""
    draws, entries = observed.draws(codes)
    judged = Judged(at, entries, report(draws))
    put(folder / FILE, msgspec.json.encode(judged))
    return judged


def read(folder: Path) -> Judged | None:
    """The latest report; None where there is none yet, or only one of an earlier form."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Judged)
    except (FileNotFoundError, msgspec.ValidationError):
        return None
