"""Forms of the administration of accounts and of the inspection."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamrong.access.answers import LONGEST
from hamrong.access.decisions import registered
from hamrong.access.roles import purposes, roles
from hamrong.access.signins import ACTS
from hamrong.kernel.vietnamese import sort_key
from hamrong.law import VIETNAM
from hamrong.org.queries import commune_units, offices
from hamrong.site.context import act_label, purpose_label, role_label
from hamrong.ui.forms import DayField

Choices = list[tuple[str, str | Promise]]


def text(label: Any, hint: Any = "", *, required: bool = True, longest: int = 200) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=longest)


class PersonForm(forms.Form):
    """Somebody new."""

    full_name = text(_("Họ và tên"), _("Viết như trên giấy tờ, có dấu."))
    username = text(
        _("Tên đăng nhập"), _("Chữ thường không dấu, chữ số, dấu chấm, gạch nối; ít nhất 3 ký tự."), longest=64
    )
    service_number = text(
        _("Số hiệu Công an nhân dân"), _("Của cán bộ, ví dụ 123-456. Người của cơ sở lưu trú để trống."),
        required=False, longest=7,
    )  # fmt: skip


class NumberForm(forms.Form):
    """The service number of an officer whose account has none yet."""

    service_number = text(
        _("Số hiệu Công an nhân dân"), _("Ví dụ 123-456. Ghi một lần, sau đó không đổi được."), longest=7
    )


class AppointForm(forms.Form):
    """A post: a role, where, since when, and by whose order."""

    role = forms.ChoiceField(label=_("Chức trách"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False, help_text=_("Đối với cán bộ công an."))
    establishment = text(
        _("Mã cơ sở"), _("Đối với người của cơ sở lưu trú, ví dụ SS-0001."), required=False, longest=20
    )
    starts_on = DayField(label=_("Từ ngày"))
    ordered_by = text(_("Theo quyết định"), _("Số quyết định, ngày ký, hoặc người giao chức trách."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Chọn chức trách")), *held_roles()]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("Chọn đơn vị")), *units(today)]  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today

    def scope(self) -> str:
        """The code of the place that the role is held in: what was given for the other kind of role does not count."""
        at_establishment = roles()[self.cleaned_data["role"]].scope == "establishment"
        given = self.cleaned_data["establishment"] if at_establishment else self.cleaned_data["unit"]
        return str(given).strip().upper() if at_establishment else str(given)


def held_roles() -> Choices:
    """The roles that people can be appointed to."""
    return [(role.code, role_label(role.code)) for role in roles().values() if role.by == "person"]


def units(on: date) -> Choices:
    """The units that posts are held in on a day: the province, its departments, the communes."""
    return [(unit.code, unit.name) for unit in (*offices(on), *commune_units(on))]


class Question(NamedTuple):
    """A post that several people delegated: its key, what it is called, and (reference, name) of each of them."""

    key: str
    label: str
    choices: list[tuple[str, str]]


class LenderForm(forms.Form):
    """In whose place somebody acts, for each post that several people delegated to them."""

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions:
            self.fields[one.key] = forms.ChoiceField(
                label=one.label, choices=one.choices, widget=forms.RadioSelect,
                error_messages={"required": _("Chọn bạn đang làm thay ai.")},
            )  # fmt: skip


class EndForm(forms.Form):
    """The day from which a post is not held any more; a page has one for each post."""

    ends_on = DayField(label=_("Thôi giữ chức trách từ ngày"))

    def __init__(self, data: QueryDict | None = None, *, post: UUID, today: date) -> None:
        super().__init__(data, prefix=str(post), initial={"ends_on": today})
        self.today = today

    @property
    def typed(self) -> bool:
        """Whether somebody typed into it, so that it stands open."""
        return self.is_bound or self.initial["ends_on"] != self.today


class CodeForm(forms.Form):
    """What a one-time code undoes besides."""

    drops_factors = forms.BooleanField(
        label=_("Người này mất cả bước xác thực thứ hai: bỏ nó khi dùng mã"), required=False
    )


class ReasonForm(forms.Form):
    """Why somebody is locked out, or let in again."""

    reason = text(_("Lý do"))


class KeyForm(forms.Form):
    """What a key is for."""

    label = text(_("Phần mềm dùng khóa này"), _("Ví dụ: phần mềm lễ tân quầy 1."), required=False, longest=80)


class EntryFilter(forms.Form):
    """What an inspector looks for in the record; it lives in the address."""

    actor = text(_("Ai"), _("Họ tên, tên đăng nhập hoặc mã đơn vị."), required=False)
    type = forms.ChoiceField(label=_("Việc"), required=False)
    subject = text(_("Đối tượng"), required=False)
    purpose = forms.ChoiceField(label=_("Mục đích"), required=False)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: tuple[str, str | Promise] = ("", _("Tất cả"))
        acts = sorted(((act_label(act), act) for act in {*registered(), *ACTS}), key=lambda one: sort_key(one[0]))
        self.fields["type"].choices = [every, *((act, label) for label, act in acts)]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [every, *((one.code, purpose_label(one.code)) for one in purposes().values())]  # type: ignore[attr-defined]

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The instants between which entries are wanted: from the first day's beginning to the last day's end."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return (midnight(since) if since else None, midnight(until + timedelta(days=1)) if until else None)


RESULTS: Final = {
    "in-order": _("Có lý do công vụ"), "passed-on": _("Chuyển người có thẩm quyền xem xét"),
}  # fmt: skip
"""What somebody who asked may have found."""


class QuestionForm(forms.Form):
    """What was found when the inspector asked."""

    found = forms.ChoiceField(
        label=_("Đã biết được gì"), choices=list(RESULTS.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn kết quả.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Đã hỏi ai, được trả lời thế nào"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ví dụ: đã đối chiếu sổ trực, có lệnh số…. Ghi vào nhật ký và không sửa được; viết thêm được."),
        error_messages={"required": _("Hãy ghi đã hỏi ai, được trả lời thế nào.")},
    )  # fmt: skip
    use_required_attribute = False


class DocumentForm(forms.Form):
    """The document that a person has shown."""

    document = text(
        _("Số giấy tờ của người hỏi"), _("Người hỏi xuất trình giấy tờ; số không lưu ở dạng đọc được."), longest=30
    )


def midnight(day: date) -> datetime:
    """The beginning of a day in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM)
