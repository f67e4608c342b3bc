"""One round of sealing and drawing: what owners have pressed gets its order, then its value, then its numbers.

One process leads (`site.sequencer`); it can be killed at any point. What is sealed is drawn by whoever leads next, in
the same order, from the same value, with the same numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.audit.logs import certify
from hamrong.audit.models import Checkpoint
from hamrong.audit.signing import Signing
from hamrong.plates import entries, rules
from hamrong.plates.actions.drawing import draw
from hamrong.plates.actions.sealing import Decides, seal, waiting_pools
from hamrong.plates.models import Seal
from hamrong.plates.rules import Level
from hamrong.plates.stock import Stock

DRAW_KEY = "plates-draw"
RECEIPT_KEY = "plates-receipts"
VEHICLE_KEY = "plates-vehicle"


@dataclass(frozen=True, slots=True)
class Value:
    """What decided: the bytes that go into the log, the 32 bytes they stand for, and the level that can be claimed."""

    told: bytes
    w: bytes
    level: Level


Fetch = Callable[[Seal, Checkpoint], Value | None]
"""The value of a seal once it can be known; None: not yet."""


def by_the_server(seal: Seal, checkpoint: Checkpoint) -> Value | None:
    """No value from outside: level C. What was sealed for somebody else's value waits for it."""
    return Value(b"", rules.NO_VALUE, "C") if seal.source == rules.SERVER else None


@dataclass
class Sealer:
    """What one term of a leader knows: its number, the signer, what will decide, and the stock of each pool."""

    grants: Callable[[str], Grant]
    signing: Signing
    epoch: int
    decides: Callable[[str, datetime], Decides] = lambda pool, at: Decides()
    fetch: Fetch = by_the_server
    clock: Callable[[], datetime] = field(kw_only=True)
    waits: bool = field(default=False, init=False)
    """Whether something sealed was not drawn in the last round, because its value is not known yet."""

    _held: dict[str, Stock] = field(default_factory=dict, init=False)
    _left: list[Seal] | None = field(default=None, init=False)
    """What is sealed and not drawn; None: not known, because this term begins, or a round of it failed."""

    def work(self) -> int:
        """Seal what waits, and draw what is sealed and can be drawn; how many batches were drawn."""
        known, self._left = self._left, None
        opened = self._open() if known is None else known
        opened += self._sealed()
        self._left = self._drawn(opened)
        self.waits = bool(self._left)
        return len(opened) - len(self._left)

    def _sealed(self) -> list[Seal]:
        """Fix the order of what waits in every pool, in one transaction; it ends before anything is signed."""
        by = self.grants("plate.seal")
        with acting(by):
            waiting = [(pool, self.clock()) for pool in waiting_pools(by)]
            # asked before any pool is locked: witnesses may take their time
            chosen = [(pool, at, self.decides(pool, at)) for pool, at in waiting]
            made = [seal(by=by, pool=pool, decides=each, epoch=self.epoch, at=at) for pool, at, each in chosen]
        return [each for each in made if each]

    def _drawn(self, opened: list[Seal]) -> list[Seal]:
        """Draw each in its order; what is left. Behind a batch that waits for its value, its pool waits."""
        left = list[Seal]()
        for made in opened:
            if made.pool in {each.pool for each in left} or not self._draw(made):
                left.append(made)
        return left

    def _open(self) -> list[Seal]:
        with acting(self.grants("plate.draw")):
            return list(Seal.objects.filter(drawn_at__isnull=True).order_by("leaf"))

    def _draw(self, made: Seal) -> bool:
        checkpoint = self._checkpoint(made)
        value = self.fetch(made, checkpoint)
        if value is None:
            return False
        # the stock changes while it is drawn from: where that fails, it is read anew
        held = self._held.pop(made.pool, None)
        self._held[made.pool] = draw(
            by=self.grants("plate.draw"), seal=made, value=value.told, w=value.w, level=value.level,
            size=checkpoint.size, prove=partial(self.signing.prove, DRAW_KEY),
            sign=partial(self.signing.sign, RECEIPT_KEY), held=held, at=self.clock(),
        )  # fmt: skip
        return True

    def _checkpoint(self, made: Seal) -> Checkpoint:
        """The first checkpoint that holds a seal; it is signed and kept before the value can be known."""
        with acting(self.grants("plate.seal")):
            signed = certify(entries.LOG, self.signing, self.clock(), leaf=made.leaf)
        assert signed is not None, "a log with a seal is not empty"
        return signed
