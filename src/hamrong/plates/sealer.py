"""Turns of drawing and sealing: what owners have pressed gets its order, then its value, then its numbers.

One process leads (`site.sequencer`); it can be killed at any point. What is sealed is drawn by whoever leads next, in
the same order, from the same value, with the same numbers.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.audit import logs
from hamrong.audit.models import Checkpoint
from hamrong.audit.signing import Signing
from hamrong.kernel.proofs import vrf
from hamrong.plates import entries, rules
from hamrong.plates.actions.drawing import Decided, Value, draw
from hamrong.plates.actions.locking import Locked, lock
from hamrong.plates.actions.sealing import Batch, Decides, batch_of, seal
from hamrong.plates.models import Seal
from hamrong.plates.stock import Stock

DRAW_KEY = "plates-draw"
RECEIPT_KEY = "plates-receipts"
VEHICLE_KEY = "plates-vehicle"

Fetch = Callable[[Seal, Checkpoint | None], Value | None]
"""The value of a seal once it can be known; None: not yet.

First asked without a checkpoint: whoever has to see that the order is signed cannot answer then.
"""


def by_the_server(seal: Seal, checkpoint: Checkpoint | None) -> Value | None:
    """No value from outside: level C. What was sealed for somebody else's value waits for it."""
    return Value(b"", rules.NO_VALUE, "C") if seal.source == rules.SERVER else None


@dataclass(frozen=True, slots=True)
class Left:
    """What one turn leaves to the next: batches without numbers, the end of the log to be signed, the stock of pools.

    Without an `end` it has to be looked up.
    """

    batches: list[Batch]
    end: logs.Grown | None = None
    stocks: dict[str, Stock] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A batch whose value is known, and the checkpoint that holds its seal; None: the end of the log, once signed."""

    batch: Batch
    checkpoint: Checkpoint | None
    value: Value

    @property
    def alphas(self) -> list[bytes]:
        """What is to be proved, for each request."""
        return [rules.alpha(leaf, self.value.w) for leaf in self.batch.leaves]


@dataclass
class Sealer:
    """What one term of a leader knows: its number, the signer, what will decide, and what the last turn left."""

    grants: Callable[[str], Grant]
    signing: Signing
    epoch: int
    decides: Callable[[datetime], Decides] = lambda at: Decides()
    fetch: Fetch = by_the_server
    clock: Callable[[], datetime] = field(kw_only=True)
    waits: bool = field(default=False, init=False)
    """Whether something sealed was not drawn in the last turn, because its value is not known yet."""

    sealed: bool = field(default=False, init=False)
    """Whether something was sealed in the last turn, for the next one to draw."""

    _left: Left | None = field(default=None, init=False)
    """None: not known, because this term begins, or a turn of it failed."""

    _aside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "proofs"), init=False)
    """Asks the signer, while this thread asks the database."""

    def work(self) -> int:
        """Turns until nothing more can be drawn; how many batches were."""
        drawn = self.turn()
        while self.sealed:
            drawn += self.turn()
        return drawn

    def turn(self) -> int:
        """Draw what is sealed and can be drawn, and seal what waits, in one transaction; how many batches were drawn.

        What is sealed in a turn is drawn by a later one, once a checkpoint that holds it is signed. While the signer
        signs and proves what was sealed before, the database seals what waits now.
        """
        (left, self._left), at = (self._left or Left(self._open()), None), self.clock()
        ready, waiting = self._ready(left)
        decides = self.decides(at)  # before any pool is locked: witnesses may take their time
        drawing, sealing = self.grants("plate.draw"), self.grants("plate.seal")
        proven = self._aside.submit(self._proven, ready, left.end)
        try:
            with acting(drawing, at_once=True):
                locked = lock({each.batch.seal.pool for each in ready})
                made = self._seal(sealing, locked, decides, at)
                self._draw(drawing, proven.result(), locked, left.stocks)
                end = self._write(locked)
        finally:
            wait([proven])  # whatever failed, the next turn finds the signer idle
        self._left = Left([*waiting, *made], end and end(), left.stocks)
        self.waits, self.sealed = bool(waiting), bool(made)
        return len(ready)

    def _open(self) -> list[Batch]:
        with acting(self.grants("plate.draw")):
            return [batch_of(made) for made in Seal.objects.filter(drawn_at__isnull=True).order_by("leaf")]

    def _ready(self, left: Left) -> tuple[list[Ready], list[Batch]]:
        """What can be drawn, in its order, and what waits: behind a batch that waits for its value, its pool waits."""
        ready, waiting = list[Ready](), list[Batch]()
        for batch in left.batches:
            held_up = batch.seal.pool in {each.seal.pool for each in waiting}
            found = None if held_up else self._known(batch, left.end)
            ready, waiting = ([*ready, found], waiting) if found else (ready, [*waiting, batch])
        return ready, waiting

    def _known(self, batch: Batch, end: logs.Grown | None) -> Ready | None:
        """A batch with its value; None while that is not known. Checkpoints are kept before others are asked."""
        made, value = batch.seal, None
        if end and made.leaf >= end.since and end.since == self.signing.reached(entries.LOG):
            value = self.fetch(made, None)
        if value:
            return Ready(batch, None, value)  # the transaction of the draw keeps what is signed
        with acting(self.grants("plate.seal")):
            kept = logs.certify(entries.LOG, self.signing, self.clock(), leaf=made.leaf)
        assert kept is not None, "a log with a seal is not empty"
        value = self.fetch(made, kept)
        return Ready(batch, kept, value) if value else None

    def _proven(self, ready: Sequence[Ready], end: logs.Grown | None) -> list[Decided]:
        """Batches with the proof of each request, and what it is worth; the log that holds them is signed before."""
        alphas = [alpha for each in ready for alpha in each.alphas]
        signed: Checkpoint | None = None
        if end and any(each.checkpoint is None for each in ready):
            told, proofs = self.signing.extend_and_prove(entries.LOG, end.since, end.hashes, DRAW_KEY, alphas)
            signed = logs.signed(entries.LOG, end.now, told.note, self.clock())
        else:
            proofs = self.signing.prove(DRAW_KEY, alphas) if alphas else []
        decided, rest = list[Decided](), iter(proofs)
        for each in ready:
            checkpoint, own = each.checkpoint or signed, list(islice(rest, len(each.batch.leaves)))
            assert checkpoint is not None, "what has no checkpoint waits for the end of the log"
            decided.append(Decided(each.batch, checkpoint, each.value, own, [vrf.proof_to_hash(one) for one in own]))
        return decided

    def _draw(self, by: Grant, decided: Sequence[Decided], locked: Locked, stocks: dict[str, Stock]) -> None:
        for each in decided:
            pool = each.batch.seal.pool
            stocks[pool], locked.pools[pool] = draw(
                by=by, decided=each, pool=locked.pools[pool], held=stocks.get(pool), log=locked.log,
                sign=partial(self.signing.sign, RECEIPT_KEY), at=self.clock(),
            )  # fmt: skip

    def _seal(self, by: Grant, locked: Locked, decides: Decides, at: datetime) -> list[Batch]:
        """Fix the order of what waits in every pool."""
        made = list[Batch]()
        for code, waiting in locked.waiting.items():
            pool = locked.pools[code]
            if not (fit := waiting[: max(0, pool.room)]):
                continue
            batch, locked.pools[code] = seal(
                by=by, pool=pool, waiting=fit, log=locked.log, decides=decides, epoch=self.epoch, at=at,
            )  # fmt: skip
            made.append(batch)
        return made

    def _write(self, locked: Locked) -> Callable[[], logs.Grown] | None:
        """Write pools and log; the end of the log, to be signed next."""
        if not locked.log.entries:
            return None
        locked.write()
        reached = self.signing.reached(entries.LOG)
        return None if reached is None else logs.growing(entries.LOG, reached)
