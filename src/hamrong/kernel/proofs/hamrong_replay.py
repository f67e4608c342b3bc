#!/usr/bin/env python3
"""Replays a whole published log of draws: pools, order, values, proofs and every k-th remaining number.

    python3 hamrong_replay.py plates DIR --keys KEYS [--trusted FILE] [--quick]

Needs hamrong_verify.py in the same folder, and Python's standard library; nothing else, and no network. DIR holds what
is published under /plates/log/. Exit codes as there.
"""

import hashlib
import json
import sys
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from hamrong_verify import (
    Bad,
    anchor,
    check_log,
    check_rank,
    check_signed,
    grow,
    leaf,
    main,
    note_of,
    read,
    root,
    value_of,
)


class Numbers:
    """A set of numbers by series and blocks of a thousand; the k-th in ascending order."""

    def __init__(self):
        self.blocks, self.names, self.counts = {}, [], []

    def change(self, runs, there, where):
        for series, first, last in runs:
            if series not in self.blocks:
                self.blocks[series] = [0] * 100
                self.names.insert(bisect_left(self.names, series), series)
                self.counts.insert(bisect_left(self.names, series), 0)
            blocks = self.blocks[series]
            for block in range(first // 1000, last // 1000 + 1):
                low, high = max(first - block * 1000, 0), min(last - block * 1000, 999)
                mask = (1 << high - low + 1) - 1 << low
                if blocks[block] & mask != (mask if there else 0):
                    raise Bad("pool", f"{where}: {series} {first} to {last} are not what they are taken for")
                blocks[block] ^= mask
            self.counts[bisect_left(self.names, series)] += (last - first + 1) * (-1 if there else 1)

    def kth(self, k):
        sums = list(accumulate(self.counts))
        at = bisect_left(sums, k)
        k -= sums[at - 1] if at else 0
        for block, bits in enumerate(self.blocks[self.names[at]]):  # noqa: B007
            count = bin(bits).count("1")
            if k <= count:
                break
            k -= count
        for _ in range(k - 1):
            bits &= bits - 1
        return f"{self.names[at]}{block * 1000 + (bits & -bits).bit_length() - 1:05d}"


def runs_of(folder, name, promised):
    file = read(Path(folder) / "files" / name, promised)
    if hashlib.sha256(file).hexdigest() != name:
        raise Bad("file", f"the file of numbers {name} is another one")
    for line in file.decode().split("\n")[:-1]:
        first, _, last = line.partition("-")
        yield first[:-5], int(first[-5:]), int((last or first)[-5:])


MOVES = {  # what an event takes from what remains, is set aside or was given to owners, and gives to them
    "pool.open": ((), ("left",)), "pool.add": ((), ("left",)), "pool.set-aside": (("left",), ("aside",)),
    "pool.return": (("aside",), ("left",)), "pool.issue": (("aside",), ("given",)), "pool.recall": (("left",), ()),
    "pool.hold": (("given",), ("given",)), "pool.release": (("given",), ("left",)),
}  # fmt: skip


class Replay:
    """A whole plate log, entry by entry: what remains, whose turn it is, and what each draw follows from."""

    def __init__(self, folder, keys, quick, size):
        self.folder, self.keys, self.quick, self.size = folder, keys, quick, size
        self.pools, self.seen, self.waiting, self.epoch, self.draws = {}, set(), [], 0, 0

    def see(self, index, raw, wanted):
        where = f"entry {index}"
        try:
            entry = json.loads(raw)
            if json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() != raw:
                raise Bad("form", f"{where} is not canonical JSON")
            kind, fresh = entry["type"], {"events": 0, "seq": 0, "series": set(), "seals": [], "sealed": set()}
            fresh.update(left=Numbers(), aside=Numbers(), given=Numbers())
            pool = self.pools.setdefault(entry["pool"], fresh)
            if self.waiting and kind not in ("request", "seal"):
                raise Bad("order", f"{where}: the requests before it have no seal")
            if kind in ("request", "seal", "draw", "remark"):
                getattr(self, kind)(where, index, entry, raw, pool, wanted)
            else:
                self.event(where, entry, pool, *MOVES[kind])
        except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            raise Bad("form", f"{where} is no entry as the protocol has them, or its file of numbers none") from error

    def event(self, where, entry, pool, takes, gives):
        runs = list(runs_of(self.folder, entry["file"], self.size))
        if entry["event"] != pool["events"] + 1 or sum(last - first + 1 for _, first, last in runs) != entry["count"]:
            raise Bad("pool", f"{where}: number of the event, or count of its numbers")
        if pool["seals"]:
            raise Bad("order", f"{where}: the pool changed between a seal and its draws")
        pool["events"] += 1
        if entry["type"] in ("pool.open", "pool.add"):
            known = {series for each in self.pools.values() for series in each["series"]}
            if (entry["type"] == "pool.open") != (pool["events"] == 1) or known & {series for series, _, _ in runs}:
                raise Bad("pool", f"{where}: opened twice, or numbers that a pool had before")
            pool["series"] |= {series for series, _, _ in runs}
        for names, there in ((takes, True), (gives, False)):
            for name in names:
                pool[name].change(runs, there, where)
        if sum(pool["left"].counts) != entry["remaining"]:
            raise Bad("pool", f"{where}: {sum(pool['left'].counts)} remain, and it says {entry['remaining']}")

    def request(self, where, index, entry, raw, pool, wanted):
        if entry["nullifier"] in self.seen:
            raise Bad("nullifier", f"{where}: this vehicle drew before")
        if entry["seq"] != pool["seq"] + 1 or (self.waiting and self.waiting[0][0]["pool"] != entry["pool"]):
            raise Bad("order", f"{where}: place {entry['seq']} is not the next one")
        pool["seq"] += 1
        self.seen.add(entry["nullifier"])
        self.waiting.append((entry, leaf(raw)))

    def seal(self, where, index, entry, raw, pool, wanted):
        nodes = []
        for at, (_, hash_) in enumerate(self.waiting):
            grow(nodes, at, hash_)
        sealed = self.waiting[0][0]["seq"], len(self.waiting), root(nodes).hex()
        if sealed != (entry["first"], entry["count"], entry["root"]):
            raise Bad("seal", f"{where} does not seal the requests before it")
        if entry["epoch"] < self.epoch:
            raise Bad("epoch", f"{where}: a sealer whose term was over")
        self.epoch = entry["epoch"]
        file = Path(self.folder) / "seals" / str(index)
        note = note_of(read(file)) if file.exists() else None
        if note:
            check_signed(note, self.keys)
            if note[3] > index:
                wanted.setdefault(note[3], (note[4], Bad("fork", f"{where}: witnesses were shown another log")))
            if note[3] <= index or wanted[note[3]][0] != note[4]:
                raise Bad("seal", f"{where}: the checkpoint with its cosignatures does not hold it")
        pool["seals"].append((index, entry, leaf(raw), note, self.waiting, []))
        pool["sealed"].add(index)
        self.waiting = []

    def remark(self, where, index, entry, raw, pool, wanted):
        if entry["seal"] not in pool["sealed"] or not entry["text"].strip():
            raise Bad("form", f"{where}: a remark about no batch of this pool")

    def draw(self, where, index, entry, raw, pool, wanted):
        at, seal, sealed, note, requests, values = pool["seals"][0]
        request, hash_ = requests.pop(0)
        if (entry["seal"], entry["seq"], entry["n"]) != (at, request["seq"], sum(pool["left"].counts)):
            raise Bad("order", f"{where}: seal, place or count of what remains")
        if not values:
            values += [entry["value"], value_of(where, seal, sealed, entry, note, self.keys), entry["level"]]
        if (values[0], values[2]) != (entry["value"], entry["level"]):
            raise Bad("value", f"{where}: another value or level than the draw before it in its batch")
        if not self.quick:
            check_rank(where, entry, hash_, values[1], self.keys)
        number = pool["left"].kth(entry["k"])
        if entry["number"] != number:
            raise Bad("number", f"{where}: number {entry['k']} of what remained is {number}, not {entry['number']}")
        for name, there in (("left", True), ("given", False)):
            pool[name].change([(number[:-5], int(number[-5:]), int(number[-5:]))], there, where)
        self.draws += 1
        if not requests:
            pool["seals"].pop(0)


def check_plates(asked, keys, trusted):
    replay = Replay(asked.what, keys, asked.quick, note_of(read(Path(asked.what) / "checkpoint"))[3])
    try:
        note = check_log(asked.what, keys, trusted, replay.see)
    except Bad:  # of an entry that was changed, the log itself tells; what follows from it is no finding
        check_log(asked.what, keys, trusted, lambda index, entry, wanted: None)
        raise
    late = sum(len(seal[4]) for pool in replay.pools.values() for seal in pool["seals"])
    proofs = "their proofs left out" if asked.quick else "every proof checked"
    return f"{note[3]} entries, {replay.draws} draws, {proofs}, {late} sealed and not drawn; {anchor(trusted)}"


if __name__ == "__main__":
    sys.exit(main(does={"plates": check_plates}, about=__doc__))
