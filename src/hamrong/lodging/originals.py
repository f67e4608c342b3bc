"""The source of a batch as it came: compressed, sealed to the batch, and kept for a few days only."""

import zlib
from uuid import UUID

from hamrong.identity.keys import vault
from hamrong.lodging.models import Batch

ZIP = b"PK"


class Erased(LookupError):
    """The source of a batch is not kept any more."""


def seal(data: bytes, batch: UUID) -> bytes:
    """The source, sealed to the batch's id. Workbooks are compressed already."""
    kept = b"0" + data if data.startswith(ZIP) else b"1" + zlib.compress(data, 1)
    return vault().seal_bytes(kept, batch.bytes)


def open_source(batch: Batch) -> bytes:
    """The source again; raises `Erased` after its time, `Broken` where it was changed."""
    if batch.source_sealed is None:
        raise Erased(batch.pk)
    kept = vault().open_bytes(bytes(batch.source_sealed), batch.pk.bytes)
    return kept[1:] if kept.startswith(b"0") else zlib.decompress(kept[1:])
