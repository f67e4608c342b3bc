"""How stays, drafts and answers are put into words."""

from datetime import datetime
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamrong.law import VIETNAM
from hamrong.lodging.catalogs import known, small
from hamrong.lodging.forms.guest import GuestForm
from hamrong.lodging.queries.hosts import Stay
from hamrong.ui.parts import Answer

HIDDEN_FOR_CITIZENS: Final = ("nationality", "permitted_until")


def local(moment: datetime) -> datetime:
    """An instant on the clocks of Viet Nam."""
    return moment.astimezone(VIETNAM)


def name_of(catalogue: str, code: str) -> str:
    """What a code of a catalogue is called; the code itself where it is none."""
    entry = known(catalogue).get(code)
    return code if entry is None else entry.en if get_language() == "en" else entry.vi


def sex_of(code: str) -> str:
    entry = small("sex").get(code)
    return str(entry["en" if get_language() == "en" else "vi"]) if entry else ""


def answers_of_form(form: GuestForm) -> list[Answer]:
    """What was typed into a valid form, as questions and answers."""
    got = form.cleaned_data
    citizen = got["kind"] == "citizen"
    number = got["document_number"]
    document = f"{name_of('document-types', got['document_type'])}: {number}" if number else _("Chưa có giấy tờ")
    told = [
        (_("Họ và tên"), got["full_name"]),
        (_("Ngày sinh"), "/".join(reversed(got["birth"].split("-")))),
        (_("Giới tính"), sex_of(got["sex"])),
        (_("Quốc tịch"), name_of("nationalities", "VNM" if citizen else got["nationality"])),
        (_("Giấy tờ"), document),
        (
            _("Được tạm trú đến ngày"),
            "" if citizen or not got["permitted_until"] else f"{got['permitted_until']:%d/%m/%Y}",
        ),
        (_("Người giám hộ"), "" if number else got["guardian"]),
        (_("Nơi cư trú"), got["residence"]),
        (_("Phòng"), got["room"]),
        (_("Đến lúc"), f"{got['arrival_clock']:%H:%M} {got['arrival_day']:%d/%m/%Y}"),
        (_("Dự kiến đi lúc"), f"{got['departure_clock']:%H:%M} {got['departure_day']:%d/%m/%Y}"),
        (_("Lý do"), ", ".join(filter(None, (name_of("reasons", got["reason"]), got["reason_text"])))),
    ]
    empty_is_nothing = {_("Được tạm trú đến ngày"), _("Người giám hộ")}
    return [Answer(label, value) for label, value in told if value or label not in empty_is_nothing]


def answers_of_stay(stay: Stay) -> list[Answer]:
    """A stay as it stands; the document's number only as its hint."""
    born = "/".join(reversed(stay.birth.split("-")))
    told = [
        (_("Họ và tên"), stay.full_name),
        (_("Ngày sinh"), born),
        (_("Giới tính"), sex_of(stay.sex)),
        (_("Quốc tịch"), name_of("nationalities", stay.nationality)),
        (_("Giấy tờ"), f"{name_of('document-types', stay.document_type)} {stay.document_hint}".strip()),
        (_("Nơi cư trú"), stay.residence),
        (_("Phòng"), stay.room),
        (_("Đến lúc"), moment(stay.arrival_at)),
        (_("Dự kiến đi lúc"), moment(stay.planned_departure_at)),
        (_("Đã đi lúc"), moment(stay.departed_at)),
        (_("Lý do"), ", ".join(filter(None, (name_of("reasons", stay.reason), stay.reason_text)))),
        (_("Được tạm trú đến ngày"), f"{stay.permitted_until:%d/%m/%Y}" if stay.permitted_until else ""),
        (_("Người giám hộ"), stay.guardian),
    ]
    return [Answer(label, value) for label, value in told if value]


def moment(value: datetime | None) -> str:
    return f"{local(value):%H:%M %d/%m/%Y}" if value else ""
