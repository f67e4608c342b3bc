"""Witnesses without a network: requests are carried to them in a folder, and cosignatures are carried back."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from hamrong.access.walls import acting
from hamrong.audit import logs, witnesses
from hamrong.audit.models import Checkpoint, Log
from hamrong.audit.witnesses import Known
from hamrong.kernel.proofs.witness import Request
from hamrong.site.sequencer import granted


class Name(NamedTuple):
    """What a carried file is about; its name is `log--size--witness`, its ending says what it is."""

    log: str
    size: int
    witness: str

    def __str__(self) -> str:
        return f"{self.log}--{self.size}--{self.witness}"


@dataclass
class Exchanged:
    """What an exchange did: requests put, cosignatures taken, and sentences about what was refused."""

    asked: int = 0
    taken: int = 0
    refused: list[str] = field(default_factory=list)


def exchange(folder: Path) -> Exchanged:
    """Take the cosignatures that are in the folder, and put requests for the newest checkpoints there."""
    folder.mkdir(parents=True, exist_ok=True)
    known = witnesses.read(settings.ENVIRONMENT.witnesses_file)
    done = Exchanged()
    with acting(granted("log.sequence")):
        for file in sorted(folder.glob("*.cosignature")):
            _take(file, known, done)
        said: dict[tuple[str, str], int] = {}
        for file in sorted(folder.glob("*.refused")):
            said.update(_said(file, known, done))
        for log in Log.objects.order_by("name").values_list("name", flat=True):
            newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
            if newest is not None:
                for each in known.values():
                    done.asked += _put(folder, newest, each, said.get((log, each.name)))
    return done


def _put(folder: Path, checkpoint: Checkpoint, witness: Known, said: int | None) -> bool:
    """A request in place of older ones, which would only be refused once this one is cosigned."""
    old = witnesses.seen_by(witness, checkpoint.log, checkpoint.size)
    if old == checkpoint.size:
        return False
    before = [
        asked for file in folder.glob("*.request") if (asked := _asked_before(file).get((checkpoint.log, witness.name)))
    ]
    old = max(old, *before, 0) if said is None else said
    _clear(folder, checkpoint.log, witness.name, ".request")
    proof = logs.tree(checkpoint.log, checkpoint.size).consistency(old)
    name = Name(checkpoint.log, checkpoint.size, witness.name)
    (folder / f"{name}.request").write_text(Request(old, tuple(proof), checkpoint.note).written(), "utf-8")
    return True


def _clear(folder: Path, log: str, witness: str, ending: str) -> None:
    for file in folder.glob(f"*{ending}"):
        name = _name(file)
        if name and (name.log, name.witness) == (log, witness):
            file.unlink()


def _name(file: Path) -> Name | None:
    log, size, witness = (*file.name.removesuffix(file.suffix).split("--", 2), "", "")[:3]
    return Name(log, int(size), witness) if size.isdecimal() and witness else None


def _take(file: Path, known: dict[str, Known], done: Exchanged) -> None:
    """Keep a cosignature, and take away all files of its question; they stay where it is not right."""
    name = _name(file)
    found = name and Checkpoint.objects.filter(log=name.log, size=name.size).first()
    if name is None or not found or name.witness not in known:
        done.refused.append(f"{file.name}: no checkpoint and witness of ours")
    elif not witnesses.keep(found, known[name.witness], file.read_text("utf-8", "replace").strip(), timezone.now()):
        done.refused.append(f"{file.name}: not the signature of {name.witness}")
    else:
        done.taken += 1
        for ending in (".cosignature", ".request", ".refused"):
            _clear(file.parent, name.log, name.witness, ending)


def _asked_before(request: Path) -> dict[tuple[str, str], int]:
    """From how many entries on a request asks a witness, which may be what the witness itself has said before."""
    name, first = _name(request), request.read_text("utf-8").partition("\n")[0] if request.exists() else ""
    old = first.removeprefix("old ")
    return {(name.log, name.witness): int(old)} if name and old.isdecimal() else {}


def _said(file: Path, known: dict[str, Known], done: Exchanged) -> dict[tuple[str, str], int]:
    """How far a witness says that it has seen a log, where that is why it refused: a stick was lost on its way back."""
    name, said = _name(file), file.read_text("utf-8", "replace").strip()
    newest = name and Checkpoint.objects.filter(log=name.log).order_by("-size").first()
    if name is None or newest is None or name.witness not in known:
        return {}
    asked = _asked_before(file.with_suffix(".request")).get((name.log, name.witness))
    if not said.isdecimal():
        done.refused.append(f"{file.name}: {said}")
    elif int(said) > newest.size:
        done.refused.append(f"{file.name}: has seen {said} entries, and the log has {newest.size}: it was cut")
    elif asked == int(said):
        done.refused.append(f"{file.name}: keeps another checkpoint of {said} entries: two logs were signed")
    else:
        file.unlink()
        return {(name.log, name.witness): int(said)}
    return {}
