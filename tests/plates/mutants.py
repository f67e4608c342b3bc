"""What must notice a change in the rules of draws, in ranks among what remains, and in numbers."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from random import Random

from hamrong.plates import numbers, remaining, rules
from tests.kernel.proofs.mutants import Target, refused


def of_the_rules(code):
    """Checks of plates.rules."""
    for n in (1, 2, 3, 1000, 40_000_000):
        assert code.rank(bytes(64), n) == 1 and code.rank(b"\xff" * 64, n) == n
        half = (1 << 511).to_bytes(64, "big")
        assert code.rank(half, n) == n // 2 + 1
        assert code.rank(((1 << 511) - 1).to_bytes(64, "big"), n) == (n + 1) // 2
    assert code.alpha(b"a" * 32, b"b" * 32) == b"hamrong plates draw v1\n" + b"a" * 32 + b"b" * 32
    assert code.vehicle_alpha("VIN", 2) == b"hamrong plates vehicle v1\nVIN\n2"
    assert (
        code.witness_alpha(b"a") == b"hamrong plates witness v1\na" and code.RECEIPT == b"hamrong plates receipt v1\n"
    )
    assert code.beacon_value(b"x") == code.witness_value([b"x"]) == hashlib.sha256(b"x").digest()
    assert code.witness_value([b"x", b"y"]) == hashlib.sha256(b"xy").digest() and bytes(32) == code.NO_VALUE
    for source, outside, local, level in (
        ("drand:x", 0, 9, "C"),
        ("drand:x", 1, 0, "A"),
        ("drand:x", 2, 0, "A"),
        ("witness", 9, 1, "C"),
        ("witness", 0, 2, "B"),
        ("witness", 0, 3, "B"),
        ("server", 9, 9, "C"),
        ("drand", 9, 9, "C"),
    ):
        assert code.level(source, timely_outside=outside, local=local) == level
    beacon = code.Beacon("x", 1000, 3, b"")
    assert [beacon.time_of(each) for each in (1, 2, 10)] == [1000, 1003, 1027]
    for moment, margin, first in (
        (0, 0, 1),
        (990, 3, 1),
        (997, 3, 1),
        (997.5, 3, 2),
        (998, 3, 2),
        (1000, 3, 2),
        (1001, 3, 3),
        (1000, 0, 1),
        (1003, 0, 2),
        (1003.1, 0, 3),
    ):
        assert beacon.first_after(datetime.fromtimestamp(moment, UTC), margin) == first, (moment, margin)


def of_the_numbers(code):
    """Checks of plates.numbers."""
    assert code.split("36A00007") == ("36A", 7)
    assert code.split("36AA99999") == ("36AA", 99_999) and code.split("36A00001") == ("36A", 1)
    for wrong in ("36A00000", "36A0007", "6A00007", "36-A00007", "36a00007", "", "36A0000７"):
        assert code.split(wrong) is None, wrong
    runs = [code.Run("36A", 1, 9), code.Run("36A", 11, 11), code.Run("36B", 5, 6)]
    file = b"36A00001-36A00009\n36A00011\n36B00005-36B00006\n"
    assert code.write(runs) == file and code.read(file) == runs and code.count(runs) == 12 and code.read(b"") == []
    assert code.name_of(file) == hashlib.sha256(file).hexdigest() and code.whole(["36B", "36A"])[0] == (
        "36A",
        1,
        99_999,
    )
    told = [("36A", 1), ("36A", 2), ("36A", 4), ("36B", 5), ("36B", 6)]
    assert list(code.joined(told)) == [("36A", 1, 2), ("36A", 4, 4), ("36B", 5, 6)] and list(code.joined([])) == []
    for wrong, line in (
        (b"36A00001", 1),
        (b"36A00001\n36A00001\n", 2),
        (b"36A00002\n36A00001\n", 2),
        (b"36A00001-36A00005\n36A00005\n", 2),
        (b"36A00005-36A00001\n", 1),
        (b"36A00001-36B00005\n", 1),
        (b"36A00001-36A00001\n", 1),
        (b"36A00001-\n", 1),
        (b"36A00001\n\n", 2),
        (b"36A00001\n36A0000\xc3\x97\n", 2),
        (b"36A00001\n36A0000\xd0\n", 2),
        (b"36B00001\n36A00002\n", 2),
        (b"x\n", 1),
        (b"36A00001\nx", 2),
    ):
        try:
            code.read(wrong)
        except code.BadFile as bad:
            assert bad.line == line, (wrong, bad)
        else:
            raise AssertionError(wrong)


@cache
def some_numbers():
    """Numbers of three series about the edges of blocks."""
    chance = Random(36)
    values = {
        1,
        2,
        998,
        999,
        1000,
        1001,
        1999,
        2000,
        50_000,
        99_000,
        99_998,
        99_999,
        *chance.sample(range(1, 99_999), 24),
    }
    shorter = {"36A": 0, "36B": 50_000, "36C": 99_000}  # series of different sizes
    return sorted((series, value) for series, least in shorter.items() for value in values if value >= least)


def of_what_remains(code):
    """Checks of plates.remaining, against a sorted list."""
    Run, left, model = numbers.Run, code.Remaining(), some_numbers()
    touched = left.give(numbers.joined(iter(model)))
    assert touched == {(series, value // 1000) for series, value in model}
    _same(code, left, model)
    left.give([Run("36AB", 900, 2100)])
    model = sorted([*model, *(("36AB", value) for value in range(900, 2101))])
    _same(code, left, model)
    gone = {each for each in model if each[1] % 7 == 3}
    left.take([Run(series, value, value) for series, value in sorted(gone)])
    model = [each for each in model if each not in gone]
    _same(code, left, model)
    first = model[0]
    for change, run in (
        (left.take, Run(*first[:1], 3, 3)),
        (left.give, Run(first[0], first[1], first[1])),
        (left.take, Run("99Z", 1, 1)),
        (left.take, Run("36AB", 900, 2100)),
    ):
        refused(lambda change=change, run=run: change([run]), code.NotThere)
    refused(lambda: left.give([Run("36D", 1, 5), Run("36D", 5, 9)]), code.NotThere)
    refused(lambda: left.take([Run(first[0], first[1], first[1])] * 2), code.NotThere)
    _same(code, left, model)
    assert left.lacking([Run("36A", 1, 3), Run("99Z", 1, 2)], 2) == (3, ["36A00003", "99Z00001"])
    assert left.lacking([Run("36A", 1, 2)], 5) == (0, [])
    assert left.lacking([Run("99Z", 1000, 1003)], 9) == (4, [f"99Z0100{last}" for last in "0123"])
    for change, told in ((left.take, "36E01005 does not remain"), (left.give, "36A00001 remains")):
        try:
            change([Run(told[:3], int(told[3:8]), int(told[3:8]) + 2)])
        except code.NotThere as bad:
            assert str(bad) == told
    assert code.Remaining(dict(left.blocks())) == left and code.Remaining() != left and left != model
    assert code.Remaining().series == {}
    for rank in (1, len(model) // 2, len(model) - 2):  # the last one of those that are left then
        assert left.pull(rank) == model.pop(rank - 1)
        _same(code, left, model)
    assert code.place_of("36A", 2100) == ("36A", 2)


def _same(code, left, model):
    assert len(left) == len(model)
    every = range(1, len(model) + 1) if len(model) < 200 else [*range(1, 40), *range(40, len(model), 37), len(model)]
    for rank in every:
        assert left.kth(rank) == model[rank - 1], rank
        assert left.rank(model[rank - 1]) == rank
    for rank in (0, -1, len(model) + 1):
        refused(lambda rank=rank: left.kth(rank), IndexError)
    there = set(model)
    for series, value in ((s, v) for s in ("36A", "36AB") for v in (1, 3, 998, 999, 1000, 1001, 1002, 2001, 99_999)):
        assert ((series, value) in left) == ((series, value) in there), (series, value)
        if (series, value) not in there:
            refused(lambda each=(series, value): left.rank(each), KeyError)
    assert ("99Z", 1) not in left
    assert dict(left.series) == {s: sum(each[0] == s for each in model) for s in sorted({each[0] for each in model})}
    held = {}
    for series, value in model:
        held[series, value // 1000] = held.get((series, value // 1000), 0) | 1 << value % 1000
    assert dict(left.blocks()) == held and list(left.blocks()) == sorted(held.items())
    assert all(left.bits(code.Place(*place)) == bits for place, bits in held.items())
    assert left.bits(code.Place("99Z", 0)) == left.bits(code.Place("36A", 70)) == 0


TARGETS = (
    Target(
        rules,
        frozenset(
            {
                "OUTPUT_BITS",
                "NO_VALUE",
                "DRAW",
                "VEHICLE",
                "RECEIPT",
                "LEAST_WITNESSES",
                "alpha",
                "vehicle_alpha",
                "witness_alpha",
                "beacon_value",
                "witness_value",
                "rank",
                "level",
                "Beacon.time_of",
                "Beacon.first_after",
            }
        ),
        of_the_rules,
    ),
    Target(
        numbers,
        frozenset(
            {"FIRST", "LAST", "Run.size", "split", "whole", "joined", "write", "name_of", "read", "_run", "count"}
        ),
        of_the_numbers,
    ),
    Target(
        remaining,
        frozenset(
            {
                "BLOCK",
                "BLOCKS",
                *(
                    f"Remaining.{name}"
                    for name in (
                        "__init__",
                        "_of",
                        "__len__",
                        "__contains__",
                        "__eq__",
                        "series",
                        "blocks",
                        "bits",
                        "kth",
                        "pull",
                        "rank",
                        "lacking",
                        "take",
                        "give",
                        "_change",
                        "_recount",
                    )
                ),
                "place_of",
                "_step",
                "_bit",
                "_masks",
            }
        ),
        of_what_remains,
    ),
)
QUOTED = "how much of a wrong line is quoted"
EQUIVALENT: dict[str, str] = {
    'numbers._run: 40->41 at 37 of `raise BadFile(line, f"{told[:40]!r} is no number")`': QUOTED,
    'numbers._run: 40->41 at 37 of `raise BadFile(line, f"{told[:40]!r} is no run of one series")`': QUOTED,
    "remaining.BLOCKS: 100->101 at 16 of `BLOCKS: Final = 100`": "one more block, in which no number lies",
}
