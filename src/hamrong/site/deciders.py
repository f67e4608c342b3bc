"""Who decides draws in this installation, from its settings: witnesses, a beacon, and the keys that it publishes."""

import base64
import hashlib
import json
from pathlib import Path

from hamrong.audit.logs import RECORD
from hamrong.audit.signing import Signing
from hamrong.audit.witnesses import Known
from hamrong.kernel.proofs import notes
from hamrong.lodging.signing import signer
from hamrong.plates import beacon
from hamrong.plates.deciding import Chain
from hamrong.plates.entries import LOG
from hamrong.plates.publickeys import FILE, PublicKeys, Witness
from hamrong.plates.rules import Beacon
from hamrong.plates.sealer import DRAW_KEY, RECEIPT_KEY, VEHICLE_KEY
from hamrong.site.environment import Environment, SettingError


def chain(env: Environment) -> Chain | None:
    """The beacon of the settings; SettingError where it cannot be used."""
    if not env.beacon:
        return None
    if not beacon.can_check():
        raise SettingError("HAMRONG_BEACON: signatures cannot be checked here: install hamrong[beacon]")
    return Chain(_beacon(env.beacon), _source(env))


def _beacon(told: str) -> Beacon:
    if told == "quicknet":
        return beacon.QUICKNET
    try:
        read = json.loads(Path(told).read_text("utf-8"))
        return Beacon(read["chain"], int(read["genesis"]), int(read["period"]), bytes.fromhex(read["public"]))
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise SettingError(
            f"HAMRONG_BEACON={told!r}: quicknet, or a file with chain, genesis, period, public"
        ) from error


def _source(env: Environment) -> beacon.Source:
    told = env.beacon_source
    if told.startswith(("http://", "https://")):
        return beacon.Web([url.strip().rstrip("/") for url in told.split(",")])
    return beacon.Folder(Path(told) if told else env.var / "beacon")


def public_keys(signing: Signing, witnesses: dict[str, Known], decides: Chain | None) -> PublicKeys:
    """What anybody checks draws, logs and receipts with."""
    told = signing.public()

    def key(log: str) -> notes.Key:
        return notes.Key(f"{told['origin']}/{log}", notes.ED25519, told["keys"][f"log.{log}"])

    return PublicKeys(
        log=key(LOG),
        receipts=told["keys"][f"sign.{RECEIPT_KEY}"],
        draw=told["keys"][f"vrf.{DRAW_KEY}"],
        vehicle=told["keys"][f"vrf.{VEHICLE_KEY}"],
        witnesses={name: Witness(each.key, each.vrf, each.outside) for name, each in witnesses.items()},
        beacons={decides.beacon.chain: decides.beacon} if decides else {},
        logs=(key(RECORD),),
        lodging=(base64.b64decode(signer().public_text()),),
    )


def put_keys(folder: Path, keys: PublicKeys) -> str | None:
    """Publish the keys; the SHA-256 of the file where they are new, None where they were public already."""
    file, content = folder / FILE, keys.written()
    if file.exists() and file.read_bytes() == content:
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
