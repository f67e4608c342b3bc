"""What is published beside the log of draws: the files of numbers, and the cosigned checkpoint of every seal."""

import zlib
from pathlib import Path

from django.db.models import Min

from hamrong.audit.logs import all_noted
from hamrong.audit.publishing import put
from hamrong.plates import entries
from hamrong.plates.models import Event, File, Seal


def publish(folder: Path, since: int) -> int:
    """Write what came since an index of the log; from which index to begin the next time."""
    for event in Event.objects.filter(leaf__gte=since).only("file"):
        if not (folder / "files" / event.file).exists():
            put(folder / "files" / event.file, zlib.decompress(File.objects.get(pk=event.file).content))
    seals = Seal.objects.filter(leaf__gte=since, drawn_at__isnull=False).values_list("leaf", "size")
    drawn = {leaf: size for leaf, size in seals if size is not None}  # a seal is drawn after its checkpoint
    notes = all_noted(entries.LOG, set(drawn.values()))
    for leaf, size in drawn.items():
        put(folder / "seals" / str(leaf), notes[size].encode())
    last = max(drawn, default=since)
    # what is drawn later than what was sealed after it must not be left out
    waiting: int | None = Seal.objects.filter(drawn_at__isnull=True).aggregate(first=Min("leaf"))["first"]
    return last if waiting is None else min(last, waiting)
