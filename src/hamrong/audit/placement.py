"""Checking the log of the record as the database keeps it: places, tree, checkpoints, and what was seen elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID

from hamrong.kernel.proofs import checkpoints, merkle, notes

Fault = Literal[
    "removed", "leaf", "unplaced", "frontier", "node", "wrong-key", "signature", "fork", "rollback", "form"
]  # fmt: skip

WORDS: Mapping[Fault, str] = {
    "removed": "a leaf stands for an entry that is not there any more",
    "leaf": "leaves are missing, moved or changed in the log",
    "unplaced": "the entry neither waits for its place in the log nor has one: it was taken out of the queue",
    "frontier": "the log's own summary is not that of its leaves",
    "node": "the stored root of a subtree is not that of its leaves",
    "wrong-key": "the checkpoint is signed with a key that is not the log's, or of an unknown term",
    "signature": "the checkpoint's signature is wrong",
    "fork": "the log is another one than was signed or seen before: same size, other content",
    "rollback": "the log is shorter than it was when it was signed or seen before: restored from a copy, or cut",
    "form": "what is stored as a checkpoint is none, or is stored as another one",
}


class Leaf(NamedTuple):
    """A leaf with the hash of its entry as the record has it now (None: it is not there)."""

    place: int
    hash: bytes
    entry: UUID | None
    recorded: bytes | None


class Stored(NamedTuple):
    """A node of a level above the leaves, as it is stored."""

    level: int
    place: int
    hash: bytes


class Kept(NamedTuple):
    """A checkpoint as it is stored: under which size and with which root, and the note that was signed."""

    size: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True)
class Bad:
    """The first thing that is wrong: what kind, and where."""

    kind: Fault
    where: str


@dataclass(frozen=True, slots=True)
class Log:
    """What the database says of a log, apart from its leaves."""

    size: int
    frontier: Sequence[bytes]
    nodes: Iterator[Stored]
    signed: Iterable[Kept]


def check(log: Log, leaves: Iterable[Leaf], key: notes.Key, trusted: Sequence[checkpoints.Checkpoint]) -> Bad | None:
    """Walk through all leaves once: their places, the tree that they make, and every root that was signed or seen."""
    wanted, bad = _roots(log.signed, key)
    if bad:
        return bad
    for each in trusted:
        wanted.setdefault(each.size, []).append((each.root, "the checkpoint that was kept elsewhere"))
    if beyond := [size for size in wanted if size > log.size]:
        return Bad("rollback", f"size {max(beyond)}, and the log has {log.size}")
    return _walk(log, leaves, wanted)


Wanted = dict[int, list[tuple[bytes, str]]]


def _roots(told: Iterable[Kept], key: notes.Key) -> tuple[Wanted, Bad | None]:
    """The root that the log must have had at each size that was signed."""
    wanted: Wanted = {}
    for kept in told:
        try:
            note = notes.read(kept.note)
            found = checkpoints.read(note.text)
        except notes.BadNote as problem:
            return wanted, Bad("form", str(problem))
        if found.origin != key.name or not any((line.name, line.key_id) == (key.name, key.id) for line in note.lines):
            return wanted, Bad("wrong-key", f"checkpoint of size {found.size}")
        if not notes.is_signed(note, key):
            return wanted, Bad("signature", f"checkpoint of size {found.size}")
        if (found.size, found.root) != (kept.size, kept.root):
            stored = "with another root" if found.size == kept.size else f"as one of size {kept.size}"
            return wanted, Bad("form", f"checkpoint of size {found.size}, stored {stored}")
        wanted.setdefault(found.size, []).append((found.root, f"the checkpoint of size {found.size}"))
    return wanted, None


def _walk(log: Log, leaves: Iterable[Leaf], wanted: Wanted) -> Bad | None:
    """The first fault of leaves and roots; a stored node that is wrong only where these are right."""
    size, nodes, node = 0, list[bytes](), None
    for leaf in leaves:
        if leaf.place != size:
            return Bad("leaf", f"index {size}")
        if leaf.recorded is None and leaf.entry is not None:
            return Bad("removed", f"index {size}, entry {leaf.entry}")
        if leaf.recorded is not None and leaf.recorded != leaf.hash:
            return Bad("leaf", f"index {size}, entry {leaf.entry}")
        node = _grown(log.nodes, nodes, size, leaf.hash) or node
        size += 1
        for root, what in wanted.get(size, ()):
            if merkle.root_of_nodes(nodes) != root:
                return Bad("fork", what)
    if size != log.size:
        return Bad("leaf", f"index {size}")
    if node is None and next(log.nodes, None) is not None:
        node = Bad("node", "more of them than the log has")
    return node or (None if nodes == list(log.frontier) else Bad("frontier", f"size {size}"))


def _grown(stored: Iterator[Stored], nodes: list[bytes], index: int, leaf: bytes) -> Bad | None:
    """Add a leaf; where it completes subtrees of 256, these must be stored as they are."""
    current, height, bad = leaf, 0, None
    while index >> height & 1:
        current, height = merkle.node(nodes.pop(), current), height + 1
        if height % 8 == 0 and next(stored, None) != Stored(height // 8, index >> height, current):
            bad = Bad("node", f"level {height // 8}, index {index >> height}")
    nodes.append(current)
    return bad
