"""Checking a receipt, step by step, each in words that its owner understands; needs public keys and nothing else.

What a receipt alone cannot show is said too: that n numbers remained, and which was the k-th of them, follows from the
whole log, which anybody can replay.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hamrong.kernel.proofs import checkpoints, merkle, notes, vrf
from hamrong.plates import entries, rules
from hamrong.plates.publickeys import PublicKeys
from hamrong.plates.receipts import Receipt

CheckBeacon = Callable[[rules.Beacon, int, bytes], bool]
"""Whether a signature is the one of this round of a beacon."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was checked; `ok` None: it could not be checked here."""

    ok: bool | None
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. `intact` only where no step failed; `level` is what the receipt claims and could show."""

    steps: tuple[Step, ...]
    level: str
    number: str

    @property
    def intact(self) -> bool:
        return all(step.ok is not False for step in self.steps)


class _Checking:
    """The receipt under check, with what earlier steps have found."""

    def __init__(self, receipt: Receipt, keys: PublicKeys, beacon: CheckBeacon | None) -> None:
        self.receipt, self.keys, self.beacon = receipt, keys, beacon
        self.note = notes.read(receipt.checkpoint)
        self.checkpoint = checkpoints.read(self.note.text)
        self.value = base64.b64decode(receipt.draw["value"], validate=True)
        self.proof = base64.b64decode(receipt.draw["proof"], validate=True)
        self.source: str = receipt.seal["source"]


def verify(receipt: Receipt, keys: PublicKeys, beacon: CheckBeacon | None = None) -> Verdict:
    """Check everything that a receipt can show. `beacon` checks signatures of rounds, where a library can."""
    try:
        checking = _Checking(receipt, keys, beacon)
        steps = [step(checking) for step in STEPS]
    except (KeyError, TypeError, ValueError, binascii.Error) as problem:
        steps = [Step(False, f"Biên nhận không đúng dạng ({problem}).", f"The receipt is not in its form ({problem}).")]
    return Verdict(tuple(steps), str(receipt.draw.get("level", "")), str(receipt.draw.get("number", "")))


def _entries(its: _Checking) -> Step:
    """The three entries belong together."""
    request, seal, draw = its.receipt.request, its.receipt.seal, its.receipt.draw
    ok = (
        request["type"] == "request" and seal["type"] == "seal" and draw["type"] == "draw"
        and request["pool"] == seal["pool"] == draw["pool"] and request["seq"] == draw["seq"]
        and draw["seal"] == its.receipt.seal_index and 1 <= draw["k"] <= draw["n"]
    )  # fmt: skip
    return Step(
        ok,
        f"Lượt số {draw['seq']} của kho {draw['pool']}: yêu cầu, dấu chốt và kết quả khớp nhau.",
        f"Place {draw['seq']} of pool {draw['pool']}: request, seal and draw belong together.",
    )


def _place(its: _Checking) -> Step:
    """The request stands where the seal says."""
    receipt = its.receipt
    place, count, root = receipt.batch_index + 1, receipt.seal["count"], bytes.fromhex(receipt.seal["root"])
    ok = merkle.included(entries.written(receipt.request), place - 1, count, receipt.batch_path, root)
    return Step(
        ok,
        f"Yêu cầu đứng thứ {place} trong {count} yêu cầu được chốt lúc {receipt.seal['at']}.",
        f"The request is number {place} of {count} that were fixed at {receipt.seal['at']}.",
    )


def _sealed(its: _Checking) -> Step:
    """The seal is in the log whose checkpoint is signed."""
    receipt, checkpoint = its.receipt, its.checkpoint
    ok = (
        checkpoint.origin == its.keys.log.name
        and notes.is_signed(its.note, its.keys.log)
        and merkle.included(
            entries.written(receipt.seal), receipt.seal_index, checkpoint.size, receipt.log_path, checkpoint.root
        )
    )
    return Step(
        ok,
        f"Dấu chốt là mục {receipt.seal_index} của sổ công khai, đã được ký khi sổ có {checkpoint.size} mục.",
        f"The seal is entry {receipt.seal_index} of the public log, signed when it had {checkpoint.size} entries.",
    )


def _witnessed(its: _Checking) -> Step:
    """How many witnesses saw the order, and when."""
    seen = {name: at for name, each in its.keys.witnesses.items() if (at := notes.cosigned_at(its.note, each.key))}
    claimed = its.receipt.draw["level"]
    enough = claimed == rules.level(its.source, timely_outside=_timely(its, seen), local=_local(its, seen))
    told = ", ".join(sorted(seen)) or "–"
    return Step(
        enough,
        f"Bên chứng kiến đã ký trước khi có giá trị ngẫu nhiên: {told}. Mức bảo đảm {claimed}.",
        f"Witnesses that signed the order: {told}. Level {claimed}.",
    )


def _timely(its: _Checking, seen: Mapping[str, int]) -> int:
    """Outside witnesses that cosigned before the time of the round that decides."""
    beacon = its.keys.beacons.get(its.source.removeprefix(rules.BEACON))
    if beacon is None or not its.source.startswith(rules.BEACON):
        return 0
    due = beacon.time_of(its.receipt.seal["round"])
    return sum(its.keys.witnesses[name].outside and at < due for name, at in seen.items())


def _local(its: _Checking, seen: Mapping[str, int]) -> int:
    return sum(name in seen for name in set(its.receipt.seal["witnesses"]))


def _valued(its: _Checking) -> Step:
    """The value is the one that the seal announced."""
    if its.source == rules.SERVER:
        return Step(
            not its.value,
            "Không có giá trị từ bên ngoài: chỉ máy chủ quyết định (mức C, không kiểm chứng được công khai).",
            "No value from outside: the server alone decided (level C, which the public cannot verify).",
        )
    if its.source == rules.LOCAL:
        return Step(
            _w(its) is not None,
            "Giá trị ngẫu nhiên do các bên chứng kiến đưa ra sau khi thứ tự đã chốt, có chứng minh.",
            "The random value came from the witnesses, with proofs, after the order was fixed.",
        )
    return _by_beacon(its)


def _by_beacon(its: _Checking) -> Step:
    chain, round_ = its.source.removeprefix(rules.BEACON), its.receipt.seal["round"]
    known = its.keys.beacons.get(chain)
    ok = False if known is None else its.beacon(known, round_, its.value) if its.beacon else None
    told = "" if ok is not None else " (chưa kiểm chữ ký của nguồn tại đây; hãy so với vòng này trên trang của nguồn)"
    told_en = (
        "" if ok is not None else " (its signature was not checked here; compare it with this round of the beacon)"
    )
    return Step(
        ok,
        f"Giá trị ngẫu nhiên là vòng {round_} của nguồn công khai {chain[:8]}{told}.",
        f"The random value is round {round_} of the public beacon {chain[:8]}{told_en}.",
    )


def _w(its: _Checking) -> bytes | None:
    """The 32 bytes that the value stands for; None where it is not what the source gives."""
    if its.source == rules.SERVER:
        return rules.NO_VALUE
    if its.source.startswith(rules.BEACON):
        return rules.beacon_value(its.value)
    names = its.receipt.seal["witnesses"]
    proofs = [its.value[start : start + vrf.PROOF] for start in range(0, len(its.value), vrf.PROOF)]
    if len(proofs) != len(names) or not names:
        return None
    alpha = rules.witness_alpha(merkle.leaf(entries.written(its.receipt.seal)))
    outputs = [
        vrf.verify(its.keys.witnesses[name].vrf, alpha, proof) for name, proof in zip(names, proofs, strict=True)
    ]
    return None if None in outputs else rules.witness_value([each for each in outputs if each is not None])


def _ranked(its: _Checking) -> Step:
    """The rank follows from order and value."""
    draw, w = its.receipt.draw, _w(its)
    leaf = merkle.leaf(entries.written(its.receipt.request))
    output = None if w is None else vrf.verify(its.keys.draw, rules.alpha(leaf, w), its.proof)
    ok = output is not None and rules.rank(output, draw["n"]) == draw["k"]
    return Step(
        ok,
        f"Từ thứ tự và giá trị đó chỉ ra được một hạng duy nhất: số thứ {draw['k']} trong {draw['n']} số còn lại.",
        f"From this order and this value one rank follows: number {draw['k']} of the {draw['n']} that remained.",
    )


def _signed(its: _Checking) -> Step:
    """The house answers for this number."""
    try:
        Ed25519PublicKey.from_public_bytes(its.keys.receipts).verify(
            its.receipt.signature, rules.RECEIPT + entries.written(its.receipt.draw)
        )
        ok = True
    except InvalidSignature:
        ok = False
    number = its.receipt.draw["number"]
    return Step(
        ok,
        f"Công an tỉnh đã ký rằng số đó là {number}.",
        f"The provincial police signed that this number is {number}.",
    )


def _beyond(its: _Checking) -> Step:
    draw: Mapping[str, Any] = its.receipt.draw
    return Step(
        None,
        f"{draw['number']} có đúng là số thứ {draw['k']} trong {draw['n']} số hay không: xem toàn bộ sổ công khai.",
        f"Whether {draw['number']} was number {draw['k']} of {draw['n']}, the whole public log tells.",
    )


STEPS: Final = (_entries, _place, _sealed, _witnessed, _valued, _ranked, _signed, _beyond)
