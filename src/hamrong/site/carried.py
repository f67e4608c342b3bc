"""Witnesses without a network: requests are carried to them in a folder, and cosignatures are carried back."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hamrong.access.walls import acting
from hamrong.audit import logs, witnesses
from hamrong.audit.models import Checkpoint, Log
from hamrong.audit.witnesses import Known
from hamrong.kernel.proofs.witness import Request
from hamrong.site.sequencer import granted


def exchange(folder: Path) -> tuple[int, int]:
    """Take the cosignatures that are in the folder, and put requests for the newest checkpoints there.

    Answers how many requests were put, and how many cosignatures were taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = witnesses.read(settings.ENVIRONMENT.witnesses_file)
    with acting(granted("log.sequence")):
        taken = sum(_taken(file, known) for file in sorted(folder.glob("*.cosignature")))
        asked = 0
        for log in Log.objects.values_list("name", flat=True):
            newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
            if newest is not None:
                asked += sum(_put(folder, newest, each) for each in known.values())
    return asked, taken


def _put(folder: Path, checkpoint: Checkpoint, witness: Known) -> bool:
    old = witnesses.seen_by(witness, checkpoint.log, checkpoint.size)
    if old == checkpoint.size:
        return False
    proof = logs.tree(checkpoint.log, checkpoint.size).consistency(old)
    request = Request(old, tuple(proof), checkpoint.note)
    file = folder / f"{checkpoint.log}--{checkpoint.size}--{witness.name}.request"
    file.write_text(request.written(), "utf-8")
    return True


def _taken(file: Path, known: dict[str, Known]) -> bool:
    """Keep a cosignature and take both files away; False, and they stay, where it is not right."""
    log, size, name = (*file.stem.split("--"), "", "")[:3]
    found = Checkpoint.objects.filter(log=log, size=int(size) if size.isdecimal() else -1).first()
    if found is None or name not in known:
        return False
    kept = witnesses.keep(found, known[name], file.read_text("utf-8").strip(), timezone.now())
    if kept:
        file.unlink()
        file.with_suffix(".request").unlink(missing_ok=True)
    return kept
