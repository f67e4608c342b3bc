"""Receipts of draws, put together from the public log alone: whoever asks is told what everybody may know."""

from django.db import connection

from hamrong.audit.logs import noted, tree
from hamrong.audit.models import Leaf
from hamrong.kernel.proofs import merkle
from hamrong.plates import entries
from hamrong.plates.models import Seal
from hamrong.plates.receipts import Receipt


def of_draw(pool: str, seq: int) -> Receipt | None:
    """The receipt of a place in a pool; None before it is drawn."""
    seal = Seal.objects.filter(pool=pool, first__lte=seq, drawn_at__isnull=False).order_by("-first").first()
    if seal is None or seal.size is None or seal.drawn_leaf is None or seq >= seal.first + seal.count:
        return None
    place = seq - seal.first
    *requests, closing = _entries(seal.leaf - seal.count, seal.leaf)
    (drawn,) = _entries(seal.drawn_leaf + place, seal.drawn_leaf + place)
    return Receipt(
        request=entries.read(requests[place]),
        batch_path=tuple(merkle.path([each.encode() for each in requests], place)),
        seal=entries.read(closing),
        seal_index=seal.leaf,
        log_path=tuple(tree(entries.LOG, seal.size).path(seal.leaf)),
        checkpoint=noted(entries.LOG, seal.size),
        draw=entries.read(drawn),
        signature=bytes(seal.signatures[place]),
    )


def _entries(first: int, last: int) -> list[str]:
    """The entries of the log from one index to another, both included."""
    rows = Leaf.objects.filter(log=entries.LOG, index__range=(first, last)).order_by("index")
    return [str(data) for data in rows.values_list("data", flat=True)]


def place_of(number: str) -> tuple[str, int] | None:
    """Pool and place of the latest draw that gave a number (canonical, `36A12345`); None where none did."""
    with connection.cursor() as cursor:
        cursor.execute("select * from plates_drawn(%s)", [number])
        pool, seq = cursor.fetchone() or (None, None)
    return (pool, seq) if pool is not None and seq is not None else None
