"""From what a scanner types (QR text of a card, lines of a machine-readable zone) to the fields of the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamrong.kernel.documents import Document, FailedCheck, Unreadable, read
from hamrong.kernel.vietnamese import looks_mangled

ZONE_WIDTHS: Final = (30, 36, 44)
LINE_END: Final = "\n"

UNREADABLE: Final[Mapping[str, str | Promise]] = {
    "not_a_document": _("Đây không phải mã QR của thẻ căn cước hay dòng mã máy đọc (MRZ) của hộ chiếu."),
    "qr.fields": _("Mã QR bị thiếu phần cuối. Hãy quét lại cả mã."),
    "qr.number": _("Mã QR không có số căn cước. Có thể đây là mã QR khác trên thẻ."),
    "mrz.lines": _("Chưa đủ các dòng mã máy đọc: hộ chiếu có 2 dòng, mặt sau thẻ căn cước có 3 dòng."),
    "mrz.line_length": _("Một dòng mã máy đọc bị thiếu hoặc thừa ký tự. Hãy quét lại."),
    "mrz.characters": _("Dòng mã máy đọc có nhiều ký tự lạ. Hãy quét lại, hoặc nhập bằng tay."),
}
CHECKS: Final[Mapping[str, str | Promise]] = {
    "document_number": _("Chữ số kiểm tra của số giấy tờ không khớp."),
    "birth_date": _("Ngày sinh trên giấy tờ không hợp lệ hoặc chữ số kiểm tra không khớp."),
    "expiry_date": _("Ngày hết hạn trên giấy tờ không hợp lệ hoặc chữ số kiểm tra không khớp."),
    "issued_on": _("Ngày cấp trên giấy tờ không hợp lệ."),
    "personal_number": _("Chữ số kiểm tra của số định danh không khớp."),
    "composite": _("Chữ số kiểm tra chung của dòng mã máy đọc không khớp."),
    "full_name": _("Họ tên trên giấy tờ bị trống hoặc lẫn chữ số."),
    "sex": _("Giới tính trên giấy tờ không đọc được."),
    "number.length": _("Số căn cước không đủ 12 chữ số."),
    "number.province": _("Ba chữ số đầu của số căn cước không phải mã tỉnh nào."),
    "number.sex": _("Số căn cước và giới tính trên thẻ không khớp nhau."),
    "number.birth_year": _("Số căn cước và năm sinh trên thẻ không khớp nhau."),
    "number.document_number": _("Hai số trên mặt sau thẻ căn cước không khớp nhau."),
}
OTHER_CHECK: Final = _("Một ký tự trên giấy tờ không hợp lệ.")
MANGLED: Final = _("Bộ gõ tiếng Việt đã làm hỏng chữ. Hãy tắt bộ gõ (Telex, VNI) rồi quét lại, hoặc sửa bằng tay.")
NO_MARKS: Final = _("Dòng mã máy đọc không có dấu tiếng Việt. Hãy sửa họ tên cho đúng như trên thẻ.")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan gave: values for the form, what to tell the person, or the lines that wait for the rest."""

    values: Mapping[str, str]
    told: tuple[str | Promise, ...] = ()
    problem: str | Promise = ""
    waiting: str = ""


def scanned(text: str, before: str, today: date, at: datetime) -> Scan:
    """Read what a scanner typed after `before` (lines of a zone that came one by one). Never raises."""
    whole = LINE_END.join(part for part in (before.strip(), text.strip()) if part)
    document = read(whole, today)
    if isinstance(document, Document):
        return Scan(_values(document, at), tuple(_told(document)))
    if _is_beginning(whole, document):
        return Scan({}, waiting=whole)
    spoilt = looks_mangled(whole.replace("|", " "))
    return Scan({}, problem=MANGLED if spoilt else UNREADABLE.get(document.reason, UNREADABLE["not_a_document"]))


def _is_beginning(text: str, problem: Unreadable) -> bool:
    """Whether these are the first lines of a zone whose others the scanner has not typed yet."""
    lines = text.split(LINE_END)
    wanted = {30: 3, 36: 2, 44: 2}.get(len(lines[0].strip()), 0)
    whole = all(len(line.strip()) == len(lines[0].strip()) for line in lines)
    return problem.reason == "mrz.lines" and whole and len(lines) < wanted


def _told(document: Document) -> list[str | Promise]:
    told: list[str | Promise] = []
    for check in document.failed_checks:
        sentence = _words(check)
        if sentence not in told:
            told.append(sentence)
    name, address = document.fields.get("full_name") or "", document.fields.get("address") or ""
    if looks_mangled(name) or looks_mangled(address):
        told.insert(0, MANGLED)
    if document.kind == "td1" and document.fields.get("issuer") == "VNM":
        told.append(NO_MARKS)
    return told


def _words(check: FailedCheck) -> str | Promise:
    return CHECKS.get(check.field, OTHER_CHECK)


def _values(document: Document, at: datetime) -> dict[str, str]:
    fields = {name: value or "" for name, value in document.fields.items()}
    values = _card(fields) if document.kind == "cccd_qr" else _zone(fields, document.kind)
    values["birth"] = _day(fields.get("birth_date", ""))
    values["sex"] = fields.get("sex", "")
    values["captured_at"] = at.isoformat(timespec="seconds")
    return {name: value for name, value in values.items() if value}


def _card(fields: Mapping[str, str]) -> dict[str, str]:
    return {
        "kind": "citizen",
        "document_type": "cccd",
        "document_number": fields["number"],
        "full_name": fields["full_name"],
        "residence": fields["address"],
        "capture": "qr",
    }


def _zone(fields: Mapping[str, str], kind: str) -> dict[str, str]:
    citizen = fields["nationality"] == "VNM"
    own_card = kind == "td1" and citizen and fields["personal_number"]
    surname, given = fields["surname"], fields["given_names"]
    return {
        "kind": "citizen" if citizen else "foreigner",
        "nationality": "" if citizen else fields["nationality"],
        "document_type": "cccd" if own_card else "passport" if kind in {"td3", "mrv_a", "mrv_b"} else "travel_document",
        "document_number": own_card or fields["document_number"],
        "full_name": fields["full_name"],
        "name_mrz": "<<".join(filter(None, (surname.replace(" ", "<"), given.replace(" ", "<")))),
        "capture": "mrz",
    }


def _day(iso: str) -> str:
    """dd/mm/yyyy of an ISO date; a year alone stays one."""
    return "/".join(reversed(iso.split("-")))
