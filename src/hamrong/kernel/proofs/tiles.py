"""A log as static files (C2SP tlog-tiles): 256 hashes a tile, entries in bundles, and proofs out of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from hamrong.kernel.proofs import merkle

WIDTH: Final = 256
HASH: Final = 32
LARGEST: Final = 65_535
Read = Callable[[int, int, int], bytes]
"""From level, number and width of a tile to its hashes, joined."""


class BadTile(ValueError):
    """A tile or bundle that is not in its form; says which and why."""


def tile_path(kind: str, tile: int, width: int = WIDTH) -> str:
    """The path of a tile of a level (`"0"` …) or of `"entries"`: `tile/0/x001/x234/067`, `tile/0/000.p/7`."""
    parts = [f"{tile % 1000:03d}"]
    while tile >= 1000:
        tile //= 1000
        parts.insert(0, f"x{tile % 1000:03d}")
    return f"tile/{kind}/{'/'.join(parts)}" + (f".p/{width}" if width < WIDTH else "")


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after another, each behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundled(content: bytes) -> Iterator[bytes]:
    """The entries of a bundle; BadTile where it is cut off."""
    place = 0
    while place < len(content):
        length = int.from_bytes(content[place : place + 2], "big")
        entry = content[place + 2 : place + 2 + length]
        if len(entry) != length or place + 2 > len(content):
            raise BadTile("a bundle is cut off")
        yield entry
        place += 2 + length


def of_files(read: Callable[[str], bytes], size: int) -> "Tree":
    """A log that is read as files: `read` takes a path below the log's address."""
    return Tree(lambda level, tile, width: read(tile_path(str(level), tile, width)), size)


class Tree:
    """The hashes of a log of `size` leaves, read tile by tile as they are needed."""

    def __init__(self, read: Read, size: int) -> None:
        self._read, self._known = read, dict[tuple[int, int], bytes]()
        self.size = size

    def path(self, index: int) -> list[bytes]:
        """The audit path of a leaf, nearest sibling first."""
        return merkle.inclusion(index, self.size, self.root)

    def consistency(self, old: int) -> list[bytes]:
        """The proof that this tree continues the one of `old` leaves."""
        return merkle.consistency(old, self.size, self.root)

    def root(self, low: int, high: int) -> bytes:
        """The root over the leaves from `low` to before `high`, a subtree of the log."""
        count = high - low
        if count & (count - 1):
            middle = low + merkle.split(count)
            return merkle.node(self.root(low, middle), self.root(middle, high))
        level = (count.bit_length() - 1) // 8
        first, last = low >> 8 * level, high >> 8 * level
        tile = self._tile(level, first // WIDTH)
        place = first % WIDTH * HASH
        return merkle.reduced([tile[at : at + HASH] for at in range(place, place + (last - first) * HASH, HASH)])

    def _tile(self, level: int, tile: int) -> bytes:
        if (level, tile) not in self._known:
            width = min(WIDTH, (self.size >> 8 * level) - tile * WIDTH)
            content = self._read(level, tile, width)
            if len(content) != width * HASH:
                raise BadTile(f"{tile_path(str(level), tile, width)} has {len(content)} bytes")
            self._known[level, tile] = content
        return self._known[level, tile]
