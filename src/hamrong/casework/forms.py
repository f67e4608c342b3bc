"""Forms of the desk; the form of a step is made from its row in the course."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hamrong.cases.actions.steps import Told
from hamrong.cases.courses import Step
from hamrong.law import VIETNAM, rule
from hamrong.ui.answers import words
from hamrong.ui.formats import day
from hamrong.ui.forms import DayField


def _reason(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, required=required, widget=forms.Textarea(attrs={"rows": 4}))


class ToldForm(forms.Form):
    """What every act says: since when, on which document it rests, and why."""

    effective_on = DayField(
        label=gettext_lazy("Ngày có hiệu lực"),
        help_text=gettext_lazy("Ngày việc này xảy ra; thời hạn tính từ ngày này."),
    )
    document_number = forms.CharField(
        label=gettext_lazy("Số văn bản"), max_length=60, help_text=gettext_lazy("Ví dụ 12/QĐ-CAX")
    )
    document_day = DayField(label=gettext_lazy("Ngày văn bản"))
    reason = _reason(gettext_lazy("Lý do"))

    def __init__(self, *args: Any, needs: tuple[str, ...] = ("reason",), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = timezone.localdate()
        if "document" not in needs:
            del self.fields["document_number"], self.fields["document_day"]
        if "reason" not in needs:
            self.fields["reason"].required = False
            self.fields["reason"].label = _("Ghi chú")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        today = timezone.localdate()
        for name in ("effective_on", "document_day"):
            if given.get(name) and given[name] > today:
                self.add_error(name, _("Ngày này chưa đến. Ghi ngày hôm nay hoặc trước đó."))
        return given

    def told(self, at: datetime, after: datetime | None = None) -> Told:
        """What was said, in force from the beginning of its day: today from now, and never before `after` that day."""
        given = self.cleaned_data
        return Told(
            moment_of(given["effective_on"], at, after), given["reason"].strip(), self._document(), self._params(),
            given.get("result", ""), given.get("ground", ""),
        )  # fmt: skip

    def _document(self) -> str:
        given = self.cleaned_data
        if not given.get("document_number"):
            return ""
        return f"{given['document_number'].strip()}, {day(given['document_day'])}"

    def _params(self) -> dict[str, dict[str, str]]:
        return {}


def moment_of(on: date, at: datetime, after: datetime | None) -> datetime:
    """The moment that a day stands for."""
    if on == timezone.localdate(at):
        return at
    began = datetime.combine(on, time(), VIETNAM)
    return after if after is not None and timezone.localdate(after) == on and after > began else began


OUTSIDE: Final = "outside"
"""Chosen where a step rests on a paper that was not signed here."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A signed paper on which a step can rest; `own` is one of the form that the step needs."""

    key: str
    label: str
    document: str
    own: bool


class RestingForm(ToldForm):
    """What rests on a paper: one of those signed here, by its key, or one made elsewhere, which has to be said."""

    papers: Mapping[str, str] = {}

    def _choose_paper(self, label: str, choices: Sequence[tuple[str, str]], initial: str, missing: str) -> None:
        self.fields["paper"] = forms.ChoiceField(
            label=label,
            widget=forms.RadioSelect,
            choices=choices,
            initial=initial,
            error_messages={"required": missing},
        )
        for name in ("document_number", "document_day"):
            self.fields[name].required = False
        self.fields["document_number"].help_text = _("Chỉ ghi khi văn bản ban hành ngoài hệ thống. Ví dụ 12/QĐ-CAX")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("paper") == OUTSIDE:
            for name in ("document_number", "document_day"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return given

    def _document(self) -> str:
        return self.papers.get(self.cleaned_data.get("paper", "")) or super()._document()


class LookedForm(ToldForm):
    """What was found when a decision that outlasts its case was looked at, and by when it is looked at next."""

    again = DayField(label=gettext_lazy("Xem lại lần sau chậm nhất ngày"))

    def __init__(self, *args: Any, last: date, **kwargs: Any) -> None:
        super().__init__(*args, needs=("reason",), **kwargs)
        self.fields["effective_on"].label, self.fields["effective_on"].help_text = _("Ngày xem lại"), ""
        self.fields["reason"].label = _("Đã xem những gì, thấy gì, vì sao chưa chấm dứt (không ghi danh tính)")
        self.fields["again"].help_text = _(
            "Sau hôm nay và chậm nhất là %(day)s. Luật không ghi ngày nào; đến ngày đó trang việc cần làm nhắc lại."
        ) % {"day": day(last)}
        self.order_fields(["effective_on", "reason", "again"])


NOTHING: Final = "nothing"
"""Chosen where nothing takes the place of a paper that was recalled."""


class FootingForm(RestingForm):
    """On what a step rests whose paper was recalled: on the paper that took its place, or on none."""

    def __init__(self, papers: Sequence[Resting], *args: Any, nothing: str, since: date, **kwargs: Any) -> None:
        super().__init__(*args, needs=("document", "reason"), **kwargs)
        self.papers = {each.key: each.document for each in papers}
        choices = [*((each.key, each.label) for each in papers), (OUTSIDE, _("Văn bản ban hành ngoài hệ thống")),
                   (NOTHING, nothing)]  # fmt: skip
        self._choose_paper(
            _("Từ nay căn cứ vào đâu"), choices, "", _("Chọn văn bản thay thế, hoặc chưa có văn bản nào.")
        )
        self.fields["effective_on"].initial = since
        self.fields["effective_on"].help_text = _("Ngày thu hồi có hiệu lực, hoặc ngày của văn bản thay thế.")
        self.order_fields(["paper", "document_number", "document_day", "effective_on", "reason"])

    def _document(self) -> str:
        return "" if self.cleaned_data["paper"] == NOTHING else super()._document()


class StepForm(RestingForm):
    """What a step asks for: what its row needs, and the branches of the clocks that it starts.

    A step that needs a document rests on one of the signed `papers`, or on one that was made elsewhere, which has to be
    said. `lacking` is what the paper is called that the step needs and that nobody has signed here. `results`: what the
    step may find of the matter. `deciders` are those before whom it can be laid by name.
    """

    def __init__(
        self, step: Step, *args: Any, papers: Sequence[Resting] = (), lacking: str = "",
        results: Sequence[tuple[str, str]] = (), deciders: Sequence[tuple[str, str]] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, needs=step.needs, **kwargs)
        if deciders:
            self.fields["asked"] = forms.ChoiceField(
                label=_("Trình ai"), required=False,
                choices=[("", _("Ai có thẩm quyền cũng được")), *deciders],
                help_text=_("Chọn một người thì chỉ người đó, hoặc người được họ ủy quyền, duyệt được."),
            )  # fmt: skip
        self.papers = {each.key: each.document for each in papers}
        if "document_number" in self.fields and (papers or lacking):
            self._ask_for(papers, lacking)
        self.asked = list(_parameters(step))
        lang = (get_language() or "vi")[:2]
        for name, rules in _together(self.asked).items():
            parameter = rule(rules[0]).params[name]
            choices = [(value, text.to(lang)) for value, text in parameter.values.items()]
            self.fields[name] = forms.ChoiceField(
                label=parameter.title.to(lang), choices=choices, initial=parameter.default, widget=forms.RadioSelect
            )
        if results:
            self.fields["result"] = forms.ChoiceField(
                label=_("Kết quả giải quyết"), choices=results, widget=forms.RadioSelect,
                error_messages={"required": _("Chọn kết quả giải quyết.")},
            )  # fmt: skip
        if step.grounds:
            self.fields["ground"] = forms.ChoiceField(
                label=_("Căn cứ theo luật"), choices=[(code, words(each)) for code, each in step.grounds],
                widget=forms.RadioSelect, error_messages={"required": _("Chọn căn cứ.")},
            )  # fmt: skip
        first, last = ["effective_on", "paper", "result", "ground"], ["reason", "asked"]
        self.order_fields([*first, *(name for name in self.fields if name not in {*first, *last}), *last])

    def _ask_for(self, papers: Sequence[Resting], lacking: str) -> None:
        missing = _("Chọn văn bản. Chưa có %(form)s nào được ký: hãy soạn và ký trước.") % {"form": lacking.lower()}
        choices = [*((each.key, each.label) for each in papers), (OUTSIDE, _("Văn bản ban hành ngoài hệ thống"))]
        own = next((each.key for each in papers if each.own), "")  # any other paper is for the officer to choose
        self._choose_paper(_("Căn cứ vào văn bản nào"), choices, own, missing if lacking else _("Chọn văn bản."))

    def _params(self) -> dict[str, dict[str, str]]:
        params: dict[str, dict[str, str]] = {}
        for rule_id, name in self.asked:
            params.setdefault(rule_id, {})[name] = self.cleaned_data[name]
        return params


def _parameters(step: Step) -> Iterator[tuple[str, str]]:
    for touch in step.touches:
        if touch.what == "start":
            yield from ((touch.rule, name) for name in rule(touch.rule).params)


def _together(asked: list[tuple[str, str]]) -> dict[str, list[str]]:
    """A fact that several clocks ask for is asked once."""
    names: dict[str, list[str]] = {}
    for rule_id, name in asked:
        names.setdefault(name, []).append(rule_id)
    return names


class DelegateForm(forms.Form):
    """Who acts in one's place, from which day to which, by which document."""

    borrower = forms.ChoiceField(label=gettext_lazy("Người được ủy quyền"))
    starts_on = DayField(label=gettext_lazy("Từ ngày"))
    last_day = DayField(label=gettext_lazy("Đến hết ngày"), help_text=gettext_lazy("Sau ngày này ủy quyền tự hết."))
    ordered_by = forms.CharField(
        label=gettext_lazy("Số, ngày văn bản ủy quyền"), max_length=100,
        help_text=gettext_lazy("Ví dụ 15/GUQ-CAX, 24/11/2026"),
    )  # fmt: skip

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["borrower"].choices = [("", _("Chọn người")), *people]  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = timezone.localdate()


class AnswerForm(forms.Form):
    """Why something that waits for an answer is not agreed to."""

    answer = _reason(gettext_lazy("Lý do không đồng ý"))


class OfferForm(forms.Form):
    """To which unit a case is offered, and why."""

    receiver = forms.ChoiceField(
        label=gettext_lazy("Chuyển đến"), help_text=gettext_lazy("Chỉ những đơn vị được giải quyết hồ sơ loại này.")
    )
    seek = forms.CharField(
        label=gettext_lazy("Không thấy đơn vị cần chuyển?"), max_length=60, required=False,
        help_text=gettext_lazy("Ghi một phần tên, có dấu hoặc không, rồi bấm Tìm. Những gì đã ghi được giữ nguyên."),
    )  # fmt: skip
    reason = _reason(gettext_lazy("Lý do chuyển"))
    document = forms.CharField(
        label=gettext_lazy("Số, ngày văn bản"), max_length=100, required=False, help_text=gettext_lazy("Nếu có")
    )

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [("", _("Chọn đơn vị")), *units]  # type: ignore[attr-defined]


class KinForm(ToldForm):
    """Since when two cases are one, or one is two, and why."""

    effective_on = DayField(
        label=gettext_lazy("Ngày có hiệu lực"),
        help_text=gettext_lazy("Ngày quyết định việc này; không thời hạn nào thay đổi theo."),
    )


class JoinForm(KinForm):
    """With which case another one is settled together."""

    into = forms.CharField(label=gettext_lazy("Mã hồ sơ nhận nhập"), max_length=40)
    field_order = ("into", "effective_on", "reason")


GROUNDS: Final = {
    "life": gettext_lazy("Tính mạng, sức khỏe của một người đang bị đe dọa"),
    "crime": gettext_lazy("Phải ngăn chặn ngay một hành vi phạm tội"),
    "person": gettext_lazy("Tìm người mất tích, trẻ em hoặc người không tự lo được"),
    "disaster": gettext_lazy("Thiên tai, cháy nổ, dịch bệnh"),
}
"""Why a case may be opened in an emergency (`cases.models.GROUNDS`)."""

FINDINGS: Final = {
    "justified": gettext_lazy("Có căn cứ: việc khẩn cấp có thật và cần đọc hồ sơ này"),
    "unjustified": gettext_lazy("Không có căn cứ: lẽ ra không được mở"),
}


class EmergencyForm(forms.Form):
    """Which case of another unit is opened in an emergency, and why."""

    code = forms.CharField(
        label=gettext_lazy("Mã hồ sơ"),
        max_length=40,
        help_text=gettext_lazy("In trên giấy tờ của hồ sơ, ví dụ KN-2026-000123"),
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Vì sao khẩn cấp"), widget=forms.RadioSelect, choices=list(GROUNDS.items())
    )
    reason = _reason(gettext_lazy("Cụ thể: việc gì đang xảy ra, cần biết gì trong hồ sơ"))

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class ReviewForm(forms.Form):
    """Whether an opening was justified, and why."""

    found = forms.ChoiceField(
        label=gettext_lazy("Kết quả xem xét"), widget=forms.RadioSelect, choices=list(FINDINGS.items())
    )
    answer = _reason(gettext_lazy("Nhận xét"))


class MoveForm(forms.Form):
    """Which units ceased, which one took their cases over, and by which order."""

    old = forms.MultipleChoiceField(label=gettext_lazy("Đơn vị giải thể hoặc sáp nhập"))
    new = forms.ChoiceField(label=gettext_lazy("Đơn vị nhận mọi hồ sơ đang mở"))
    document = forms.CharField(label=gettext_lazy("Số, ngày của quyết định"), max_length=100)

    def __init__(self, old: list[tuple[str, str]], new: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"].choices = old  # type: ignore[attr-defined]
        self.fields["new"].choices = [("", _("Chọn đơn vị")), *new]  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """The document by which new dates are put in force."""

    document = forms.CharField(label=gettext_lazy("Số, ngày của văn bản"), max_length=100)


class KnownForm(forms.Form):
    """What did we know on a day?"""

    on = DayField(label=gettext_lazy("Biết gì vào ngày"), required=False)


class BackdatedForm(forms.Form):
    """Over how many last days late entries are counted."""

    DAYS = (90, 30, 365)
    days = forms.ChoiceField(
        label=gettext_lazy("Ghi vào hệ thống trong"),
        choices=[(DAYS[0], gettext_lazy("90 ngày qua")), (DAYS[1], gettext_lazy("30 ngày qua")),
                 (DAYS[2], gettext_lazy("một năm qua"))],
    )  # fmt: skip


class CasesForm(forms.Form):
    """What the list of cases is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Mã hồ sơ"), required=False, max_length=40)
    course = forms.ChoiceField(label=gettext_lazy("Loại"), required=False)
    stands = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False,
        choices=[
            ("", gettext_lazy("Đang mở")), ("late", gettext_lazy("Quá hạn")),
            ("paused", gettext_lazy("Đang tạm đình chỉ")),
            ("moved", gettext_lazy("Đã chuyển từ ba lần")), ("closed", gettext_lazy("Đã kết thúc")),
            ("undone", gettext_lazy("Đã kết thúc, còn việc không được làm")),
            ("lasting", gettext_lazy("Đã kết thúc, quyết định còn hiệu lực")),
            ("all", gettext_lazy("Tất cả")),
        ],
    )  # fmt: skip
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)

    def __init__(self, courses: list[tuple[str, str]], units: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(units.items(), key=lambda each: each[1])
        self.fields["unit"].choices = [("", _("Tất cả")), *named]  # type: ignore[attr-defined]
        self.fields["course"].choices = [("", _("Tất cả")), *courses]  # type: ignore[attr-defined]
