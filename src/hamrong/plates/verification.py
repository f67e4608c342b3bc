"""Checking a receipt, step by step, each in words that its owner understands; needs public keys and nothing else.

What a receipt alone cannot show is said too: that n numbers remained, and which was the k-th of them, follows from the
whole log, which anybody can replay.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hamrong.kernel.proofs import checkpoints, merkle, notes, vrf
from hamrong.law import VIETNAM
from hamrong.plates import entries, rules
from hamrong.plates.publickeys import PublicKeys
from hamrong.plates.receipts import Receipt

CheckBeacon = Callable[[rules.Beacon, int, bytes], bool]
"""Whether a signature is the one of this round of a beacon."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was checked; `ok` None: it could not be checked here. `raw` names what it was checked with."""

    ok: bool | None
    vi: str
    en: str
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. `intact` only where no step failed; `level` is what the receipt claims and could show."""

    steps: tuple[Step, ...]
    level: str
    number: str

    @property
    def intact(self) -> bool:
        return all(step.ok is not False for step in self.steps)


MALFORMED: Final = Step(
    False,
    "Biên nhận thiếu hoặc hỏng một phần, nên không có gì để tính lại. Hãy tải lại tệp biên nhận, hoặc quét lại cả mã "
    "QR; nếu vẫn thế, hãy kiểm chứng bằng biển số.",
    "A part of the receipt is missing or damaged, so that nothing can be computed from it. Download the file again, or "
    "scan the whole QR code again; if that does not help, check by the number of the plate.",
)

Write = Callable[[str], str]
"""How a plate's number is written for people."""


class _Checking:
    """The receipt under check, with what earlier steps have found."""

    def __init__(self, receipt: Receipt, keys: PublicKeys, beacon: CheckBeacon | None, write: Write) -> None:
        self.receipt, self.keys, self.beacon = receipt, keys, beacon
        self.number = write(receipt.draw["number"])
        self.note = notes.read(receipt.checkpoint)
        self.checkpoint = checkpoints.read(self.note.text)
        self.value = base64.b64decode(receipt.draw["value"], validate=True)
        self.proof = base64.b64decode(receipt.draw["proof"], validate=True)
        self.source: str = receipt.seal["source"]


def verify(receipt: Receipt, keys: PublicKeys, beacon: CheckBeacon | None = None, *, write: Write = str) -> Verdict:
    """Check everything that a receipt can show. `beacon` checks signatures of rounds, where a library can."""
    try:
        checking = _Checking(receipt, keys, beacon, write)
        steps = [step(checking) for step in STEPS]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, binascii.Error):
        steps = [MALFORMED]
    return Verdict(tuple(steps), str(receipt.draw.get("level", "")), str(receipt.draw.get("number", "")))


def _many(value: int) -> tuple[str, str]:
    """A count as Vietnamese and as English write it."""
    en = f"{value:,}"
    return en.replace(",", "."), en


def _when(instant: str) -> str:
    """An instant of the log on the clocks of Viet Nam."""
    return f"{datetime.fromisoformat(instant).astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"


def _entries(its: _Checking) -> Step:
    """The three entries belong together."""
    request, seal, draw = its.receipt.request, its.receipt.seal, its.receipt.draw
    ok = (
        request["type"] == "request" and seal["type"] == "seal" and draw["type"] == "draw"
        and request["pool"] == seal["pool"] == draw["pool"] and request["seq"] == draw["seq"]
        and draw["seal"] == its.receipt.seal_index and 1 <= draw["k"] <= draw["n"]
    )  # fmt: skip
    vi, en = _many(draw["seq"])
    return Step(
        ok,
        f"Yêu cầu, dấu chốt thứ tự và kết quả là của cùng một lượt bấm, lượt thứ {vi} của kho.",
        f"Request, seal and result belong to the same draw, number {en} of its pool.",
        {"draw.pool": str(draw["pool"]), "draw.seq": str(draw["seq"])},
    )


def _place(its: _Checking) -> Step:
    """The request stands where the seal says."""
    receipt, seal = its.receipt, its.receipt.seal
    place, root = receipt.batch_index + 1, bytes.fromhex(seal["root"])
    ok = merkle.included(entries.written(receipt.request), place - 1, seal["count"], receipt.batch_path, root)
    (vi, en), (of_vi, of_en), at = _many(place), _many(seal["count"]), _when(seal["at"])
    return Step(
        ok,
        f"Yêu cầu đứng thứ {vi} trong {of_vi} yêu cầu được chốt thứ tự lúc {at}.",
        f"The request is number {en} of {of_en} whose order was fixed at {at}.",
        {"seal.at": seal["at"], "seal.root": seal["root"]},
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
    (vi, en), (size_vi, size_en) = _many(receipt.seal_index), _many(checkpoint.size)
    return Step(
        ok,
        f"Dấu chốt là mục {vi} của sổ công khai; Công an tỉnh đã ký sổ khi sổ có {size_vi} mục.",
        f"The seal is entry {en} of the public log; the police signed the log when it had {size_en} entries.",
        {"log": checkpoint.origin, "checkpoint.root": checkpoint.root.hex()},
    )


def _witnessed(its: _Checking) -> Step:
    """How many witnesses saw the order, and when."""
    seen = {name: at for name, each in its.keys.witnesses.items() if (at := notes.cosigned_at(its.note, each.key))}
    claimed = its.receipt.draw["level"]
    enough = claimed == rules.level(its.source, timely_outside=_timely(its, seen), local=_local(its, seen))
    told = ", ".join(sorted(seen))
    return Step(
        enough,
        f"Bên chứng kiến đã ký thứ tự trước khi có giá trị ngẫu nhiên: {told or 'không có'}. "
        f"Như vậy là mức bảo đảm {claimed}, đúng như phiếu ghi.",
        f"Witnesses that signed the order before the random value was there: {told or 'none'}. "
        f"This makes it level {claimed}, as the slip says.",
        {f"cosigned.{name}": f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}" for name, at in seen.items()},
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
            {"draw.value": its.receipt.draw["value"]},
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
    vi, en = _many(round_)
    return Step(
        ok,
        f"Giá trị ngẫu nhiên là vòng {vi} của nguồn công khai drand{told}.",
        f"The random value is round {en} of the public beacon drand{told_en}.",
        {"seal.source": its.source, "seal.round": str(round_), "draw.value": its.receipt.draw["value"]},
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
    (vi, en), (of_vi, of_en) = _many(draw["k"]), _many(draw["n"])
    return Step(
        ok,
        f"Từ thứ tự và giá trị đó chỉ ra được một hạng duy nhất: số thứ {vi} trong {of_vi} số còn lại.",
        f"From this order and this value one rank follows: number {en} of the {of_en} that remained.",
        {"draw.proof": draw["proof"]},
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
    return Step(
        ok,
        f"Công an tỉnh đã ký rằng số đó là {its.number}.",
        f"The provincial police signed that this number is {its.number}.",
        {"draw.number": its.receipt.draw["number"], "signature": base64.b64encode(its.receipt.signature).decode()},
    )


def _beyond(its: _Checking) -> Step:
    (vi, en), (of_vi, of_en) = _many(its.receipt.draw["k"]), _many(its.receipt.draw["n"])
    return Step(
        None,
        f"{its.number} có đúng là số thứ {vi} trong {of_vi} số hay không: xem toàn bộ sổ công khai.",
        f"Whether {its.number} was number {en} of {of_en}, the whole public log tells.",
    )


STEPS: Final = (_entries, _place, _sealed, _witnessed, _valued, _ranked, _signed, _beyond)
