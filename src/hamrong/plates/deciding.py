"""What decides a batch: a beacon where one is set up, else local witnesses that answer, else the server alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.audit.logs import hashes_of, noted, tree
from hamrong.audit.models import Checkpoint
from hamrong.audit.witnesses import Asking, Known
from hamrong.kernel.proofs import notes, vrf
from hamrong.kernel.proofs.witness import ValueRequest
from hamrong.plates import rules
from hamrong.plates.actions.drawing import Value
from hamrong.plates.actions.sealing import Decides
from hamrong.plates.beacon import Source, is_right
from hamrong.plates.models import Seal
from hamrong.plates.rules import Beacon
from hamrong.plates.sealer import by_the_server

FRESH: Final = timedelta(seconds=30)
"""How long it is believed that a witness answers, until it is asked again: one that went silent would hold up draws.

Nobody is asked while nobody presses: turns are taken only for somebody (`site.sequencer.Turns`)."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A beacon that decides, where its rounds come from, and how many seconds ahead a round has to lie."""

    beacon: Beacon
    source: Source
    margin: float = 3.0


class Deciding:
    """Chooses and fetches values; keeps which witnesses answered when they were last asked."""

    def __init__(
        self, *, grant: Callable[[], Grant], asking: Asking, witnesses: dict[str, Known], chain: Chain | None,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._grant, self._asking, self._witnesses = grant, asking, witnesses
        self._chain, self._clock = chain, clock
        self._alive: list[str] = []
        self._asked: datetime | None = None
        self._newest: Checkpoint | None = None

    def decides(self, at: datetime) -> Decides:
        """What will decide a batch that is sealed at this instant."""
        if self._chain:
            beacon = self._chain.beacon
            return Decides(rules.BEACON + beacon.chain, beacon.first_after(at, self._chain.margin))
        alive = self._answering()
        if len(alive) >= rules.LEAST_WITNESSES:
            return Decides(rules.LOCAL, 0, tuple(alive))
        return Decides()

    def greet(self, checkpoint: Checkpoint) -> None:
        """Have a checkpoint cosigned by every witness that has not done so yet; the next question is about it."""
        self._newest = checkpoint
        if not self._witnesses:
            return
        with acting(self._grant()):
            self._asking.cosign(checkpoint, self._clock())

    def _answering(self) -> list[str]:
        """Who answers, so that also the first batch after a start is decided by witnesses."""
        if self._newest is None:
            return []
        if self._asked is None or self._clock() - self._asked >= FRESH:
            with acting(self._grant()):
                self._alive = self._asking.answering(self._newest)
            self._asked = self._clock()
        return self._alive

    def fetch(self, seal: Seal, checkpoint: Checkpoint | None) -> Value | None:
        """The value of a seal; None while it cannot be known. Witnesses are asked to cosign before they decide."""
        if checkpoint is None or seal.source == rules.SERVER:
            return by_the_server(seal, checkpoint)
        self.greet(checkpoint)
        with acting(self._grant()):
            noted_ = noted(checkpoint.log, checkpoint.size)
            path = tree(checkpoint.log, checkpoint.size).path(seal.leaf)
            leaf = hashes_of(checkpoint.log, 0, seal.leaf, seal.leaf + 1)
        if seal.source == rules.LOCAL:
            return self._by_witnesses(seal, ValueRequest(seal.leaf, leaf, tuple(path), noted_))
        return self._by_beacon(seal, notes.read(noted_))

    def _by_witnesses(self, seal: Seal, asked: ValueRequest) -> Value | None:
        proofs = [self._asking.value(name, asked) for name in seal.witnesses]
        alpha = rules.witness_alpha(asked.leaf)
        outputs = [
            vrf.verify(self._witnesses[name].vrf, alpha, proof) if proof else None
            for name, proof in zip(seal.witnesses, proofs, strict=True)
        ]
        if None in outputs:
            self._asked = None  # whoever went silent is asked before the next batch is sealed
            return None
        told, w = b"".join(proof for proof in proofs if proof), rules.witness_value([each for each in outputs if each])
        note = notes.read(asked.note)
        cosigned = sum(notes.cosigned_at(note, self._witnesses[name].key) is not None for name in seal.witnesses)
        return Value(told, w, rules.level(rules.LOCAL, timely_outside=0, local=cosigned))

    def _by_beacon(self, seal: Seal, note: notes.Note) -> Value | None:
        if self._chain is None or rules.BEACON + self._chain.beacon.chain != seal.source:
            return None  # sealed for a beacon that is not set up any more: it waits, visibly, until it is again
        due = self._chain.beacon.time_of(seal.round)
        signature = self._chain.source.signature(self._chain.beacon, seal.round) if self._past(due) else None
        if signature is None or not is_right(self._chain.beacon, seal.round, signature):
            return None
        times = [(each.outside, notes.cosigned_at(note, each.key)) for each in self._witnesses.values()]
        timely = sum(outside and at is not None and at < due for outside, at in times)
        return Value(signature, rules.beacon_value(signature), rules.level(seal.source, timely_outside=timely, local=0))

    def _past(self, due: int) -> bool:
        return self._clock().timestamp() >= due
