"""The Merkle logs: giving entries their places, and having a log signed as it is now.

Whoever calls these is in the database's role of the sequencer; nobody else is let.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Min

from hamrong.audit.leaves import COLUMNS, Row, leaf_bytes
from hamrong.audit.models import Checkpoint, Cosignature, Entry, Leaf, Node
from hamrong.audit.signing import Signing
from hamrong.audit.statements import one, prepared
from hamrong.kernel.proofs import checkpoints, merkle, notes, tiles, tlogproof

RECORD: Final = "audit"
"""The log of the record of audit; others are registers that a system publishes."""

AT_ONCE: Final = 5000

HEAD: Final = """
select l.size, l.frontier, c.size, c.root, c.at, c.note from audit_log l left join lateral (
  select * from audit_checkpoint where log = l.name and size >= coalesce($2, l.size) order by size limit 1
) c on true where l.name = $1
"""
GROWN: Final = """
select l.size, l.frontier, array(
  select x.hash from audit_leaf x where x.log = l.name and x.index >= $2 and x.index < l.size order by x.index)
  from audit_log l where l.name = $1
"""
HOLD: Final = "select audit_log_hold($1)"
HASHES: Final = "select hash from audit_leaf where log = $1 and index >= $2 and index < $3 order by index"
TEXTS: Final = (
    "array(select convert_from(told, 'UTF8') from unnest({}::bytea[]) with ordinality x(told, place) order by place)"
)
"""Entries as bytes: an array of texts full of quotation marks costs more to write than to hash."""

PUBLISH: Final = f"select audit_publish($1, {TEXTS.format('$2')})"
KEEP: Final = """
insert into audit_checkpoint (log, size, root, at, note) values ($1, $2, $3, $4, $5) on conflict do nothing
"""


class Diverged(RuntimeError):
    """The log in the database is not the one that was signed: restored from a copy, cut, or changed by hand."""


class Head(NamedTuple):
    """The size of a log and the roots of its whole subtrees, from left to right."""

    size: int
    nodes: list[bytes]

    @property
    def root(self) -> bytes:
        return merkle.root_of_nodes(self.nodes)


class Grown(NamedTuple):
    """A log as it is now, with the hashes of its leaves from `since` on, which wait to be signed."""

    now: Head
    since: int
    hashes: list[bytes]


@dataclass
class Held:
    """The end of a public log that grows by this transaction alone; `first` is the index of what it adds first."""

    log: str
    first: int
    entries: list[bytes] = field(default_factory=list)

    def add(self, entries: Sequence[bytes]) -> int:
        """Entries to be written; the index of the first of them."""
        index = self.first + len(self.entries)
        self.entries += entries
        return index

    def write(self) -> None:
        """Add them all to the log."""
        prepared(PUBLISH, [self.log, self.entries])


def sequence(most: int = AT_ONCE) -> int:
    """Give entries of the record that wait their places in its log; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_sequence(%s)", [most])
        count: int = cursor.fetchone()[0]
    return count


def publish(log: str, entries: list[bytes]) -> int:
    """Add entries to a public log; the index of the first."""
    (first,) = one(PUBLISH, [log, entries])
    return int(first)


def growing(log: str, since: int) -> Callable[[], Grown]:
    """The log as it is now, for whoever knows up to where it is signed; read when it is called for."""
    asked = prepared(GROWN, [log, since])

    def grown() -> Grown:
        ((size, frontier, waiting),) = asked
        return Grown(Head(size, frontier), since, waiting)

    return grown


def head(log: str) -> Head:
    """The log as it is now."""
    return _standing(log, None)[0]


def _standing(log: str, least: int | None) -> tuple[Head, Checkpoint | None]:
    """The log as it is now, and its first checkpoint of this size or more (None: of its size now), if it has one."""
    size, frontier, signed, root, at, note = one(HEAD, [log, least])
    known = Checkpoint(log=log, size=signed, root=root, at=at, note=note) if signed else None
    return Head(size, frontier), known


def hashes(log: str, start: int, end: int) -> list[bytes]:
    """The leaf hashes from `start` to before `end`, in their order."""
    return [each for (each,) in prepared(HASHES, [log, start, end])]


def certify(log: str, signing: Signing, at: datetime, *, leaf: int | None = None) -> Checkpoint | None:
    """Have the log signed as it is now, and keep its checkpoint; None where it has no leaf yet.

    With `leaf`, the first checkpoint that holds that leaf is answered where there is one, and nothing is signed.

    The signer follows every leaf by itself: `Diverged` where it comes to another root, or signed more than there is.
    """
    now, known = _standing(log, None if leaf is None else leaf + 1)
    if not now.size:
        return None
    if known and (known.size == now.size or leaf is not None):
        return known
    state = signing.state(log)
    if state.size > now.size:
        raise Diverged(f"{log}: {state.size} leaves were signed, and the database has {now.size}")
    while now.size - state.size > AT_ONCE:
        missing = hashes(log, state.size, state.size + AT_ONCE)
        state = signing.extend(log, state.size, missing, sign=False)
    state = signing.extend(log, state.size, hashes(log, state.size, now.size))
    made = signed(log, now, state.note, at)
    keep(made)
    return made


def signed(log: str, now: Head, note: str, at: datetime) -> Checkpoint:
    """What the signer answered, not kept yet; `Diverged` where it comes to another root than the log as it is now."""
    told, size, root = checkpoints.read(notes.read(note).text), now.size, now.root
    if (told.size, told.root) != (size, root):
        raise Diverged(f"{log}: the signer's tree of {size} leaves has another root than the database's")
    return Checkpoint(log=log, size=size, root=root, at=at, note=note)


def keep(checkpoint: Checkpoint) -> None:
    """Keep a checkpoint, unless it is kept already: the signer gives the same one again."""
    prepared(KEEP, [checkpoint.log, checkpoint.size, checkpoint.root, checkpoint.at, checkpoint.note])


def noted(log: str, size: int) -> str:
    """The signed note of a checkpoint with the cosignatures that came in."""
    return all_noted(log, [size])[size]


def all_noted(log: str, sizes: Collection[int]) -> dict[int, str]:
    """The signed notes of checkpoints, by their sizes, with the cosignatures that came in."""
    told = dict(Checkpoint.objects.filter(log=log, size__in=sizes).values_list("size", "note"))
    lines = Cosignature.objects.filter(log=log, size__in=sizes).order_by("at", "witness").values_list("size", "line")
    for size, line in lines:
        told[size] += f"{line}\n"
    return told


def tree(log: str, size: int) -> tiles.Tree:
    """The tree of a log's first `size` leaves, as the database keeps it, for proofs."""

    def read(level: int, tile: int, width: int) -> bytes:
        return hashes_of(log, level, tile * tiles.WIDTH, tile * tiles.WIDTH + width)

    return tiles.Tree(read, size)


def hashes_of(log: str, level: int, low: int, high: int) -> bytes:
    """The roots of subtrees of 256 to the power `level`, from `low` to before `high`, joined."""
    rows = Node.objects.filter(level=level) if level else Leaf.objects.all()
    found = rows.filter(log=log, index__gte=low, index__lt=high).order_by("index")
    return b"".join(map(bytes, found.values_list("hash", flat=True)))


class Proved(NamedTuple):
    """Where an entry of the record stands in its log, and the size of the first checkpoint that holds it."""

    place: int
    size: int


def proved(entry: UUID) -> Proved | None:
    """Whether an entry of the record can be proved; None before it has a place, or before that is signed."""
    found = Leaf.objects.filter(entry=entry).values_list("index", flat=True).first()
    if found is None:
        return None
    size = Checkpoint.objects.filter(log=RECORD, size__gt=found).aggregate(first=Min("size"))["first"]
    return Proved(found, size) if size else None


def proof_of(entry: UUID) -> tuple[bytes, str] | None:
    """The bytes of an entry of the record, and the proof that they are in its log (C2SP tlog-proof).

    None where it is not `proved` yet. The proof is for the first checkpoint that holds it.
    """
    found = proved(entry)
    if found is None:
        return None
    place, size = found
    row = Entry.objects.filter(pk=entry).values_list(*COLUMNS).get()
    return leaf_bytes(Row(*row)), tlogproof.written(place, tree(RECORD, size).path(place), noted(RECORD, size))
