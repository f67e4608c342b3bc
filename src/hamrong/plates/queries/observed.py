"""Draws as statistics see them, out of the public log alone: whoever has its files can make the same report."""

from collections.abc import Collection, Iterator
from datetime import datetime

from hamrong.audit.models import Leaf
from hamrong.plates import entries, numbers
from hamrong.plates.entries import Entry
from hamrong.plates.fairness.registration import patterns, registration
from hamrong.plates.fairness.standing import Change, Drawn, Standing
from hamrong.plates.queries import pools
from hamrong.plates.remaining import NotThere, Remaining
from hamrong.plates.wording import local

GIVES = frozenset({"pool.open", "pool.add", "pool.return", "pool.release"})
TAKES = frozenset({"pool.set-aside", "pool.recall"})
AT_ONCE = 5_000


def draws(codes: Collection[str]) -> tuple[list[Drawn], int]:
    """Every draw of these pools, pool by pool in the order of the log, and how many entries of the log were read."""
    seen = {code: _Pool(code) for code in sorted(codes)}
    count = 0
    for index, entry in _log():
        count = index + 1
        if entry.get("pool") in seen:
            seen[entry["pool"]].see(index, entry)
    return [draw for pool in seen.values() for draw in pool.draws], count


def _log() -> Iterator[tuple[int, Entry]]:
    rows = Leaf.objects.filter(log=entries.LOG).order_by("index").values_list("index", "data")
    for index, data in rows.iterator(AT_ONCE):
        yield index, entries.read(str(data))


class _Pool:
    """One pool on its way through the log."""

    def __init__(self, code: str) -> None:
        self.code, self.draws = code, list[Drawn]()
        self._standing = Standing(Remaining(), patterns(registration()))
        self._offices: dict[int, str] = {}
        self._sealed: dict[int, int] = {}

    def see(self, index: int, entry: Entry) -> None:
        """Take one entry of this pool; NotThere where a draw is of a number that does not remain."""
        kind = entry["type"]
        if kind == "request":
            self._offices[entry["seq"]] = entry["office"]
        elif kind == "seal":
            self._sealed[index] = local(datetime.fromisoformat(entry["at"])).hour
        elif kind == "draw":
            self.draws.append(self._drawn(entry))
        elif kind in GIVES | TAKES:
            runs = numbers.read(b"".join(pools.file(entry["file"])))
            self._standing.change(Change(kind in GIVES, runs))

    def _drawn(self, entry: Entry) -> Drawn:
        split = numbers.split(entry["number"])
        stood = self._standing.draw(*split) if split else None
        if stood is None:
            raise NotThere(f"{self.code} {entry['seq']}: {entry['number']} does not remain")
        k, n, around = stood
        seq, hour = entry["seq"], self._sealed[entry["seal"]]
        return Drawn(self.code, seq, entry["number"], k, n, self._offices.pop(seq), hour, "", around)
