"""What officers type about a petition: taking it in, sorting it, telling its sender."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from hamrong.kernel.seal import followup
from hamrong.org.queries import addressed
from hamrong.petitions.forms.handing import LONG, like_a_card, like_a_phone
from hamrong.petitions.owed import has_law
from hamrong.petitions.queries.conflicts import is_clear_anywhere
from hamrong.petitions.rules import Facts
from hamrong.petitions.suggesting import fields
from hamrong.petitions.told import Content, Sender, unproved
from hamrong.ui.formats import day
from hamrong.ui.forms import DayField

KINDS: Final = [
    ("complaint", gettext_lazy("Khiếu nại")), ("denunciation", pgettext_lazy("kind", "Tố cáo")),
    ("reflection", gettext_lazy("Kiến nghị, phản ánh")), ("crime_report", gettext_lazy("Tố giác, tin báo về tội phạm")),
]  # fmt: skip
DOORS: Final = [
    ("counter", gettext_lazy("Nộp trực tiếp")), ("reception", gettext_lazy("Tại buổi tiếp công dân")),
    ("post", gettext_lazy("Qua bưu điện")), ("phone", gettext_lazy("Qua điện thoại")),
    ("transferred", gettext_lazy("Cơ quan khác chuyển đến")), ("portal", gettext_lazy("Qua cổng thông tin")),
    ("social", gettext_lazy("Qua trang mạng xã hội của đơn vị")),
]  # fmt: skip
EVERY_DOOR: Final = [*DOORS, ("online", gettext_lazy("Qua trang này"))]
OUTCOMES: Final = [
    ("accept", gettext_lazy("Thụ lý")), ("guide", gettext_lazy("Hướng dẫn")), ("transfer", gettext_lazy("Chuyển")),
    ("return", gettext_lazy("Không thụ lý")), ("file", gettext_lazy("Lưu đơn")),
]  # fmt: skip


UNKNOWN: Final = "unknown"
"""Instead of a unit that is denounced: nobody at the counter knows which, and the province has it."""


def no_paper() -> forms.BooleanField:
    """The way in for whoever has no valid paper: nobody is sent away for that."""
    return forms.BooleanField(
        label=gettext_lazy("Không có căn cước, hộ chiếu hợp lệ"), required=False,
        help_text=gettext_lazy("Vẫn nhận. Số ghi ở trên, nếu có, chỉ giữ như lời khai, không dùng để nhận ra người."),
    )  # fmt: skip


def check_paper(form: forms.Form, given: Mapping[str, Any]) -> None:
    """Refuse a number that no card or passport has, as the public doors do, save where there is no valid one."""
    try:
        if not given.get("no_paper") and given.get("document"):
            like_a_card(given["document"])
    except forms.ValidationError as error:
        hint = _("Người gửi không có giấy tờ hợp lệ thì đánh dấu ô bên dưới.")
        form.add_error("document", f"{error.messages[0]} {hint}")


def paper_of(given: Mapping[str, Any]) -> str:
    """The document of whoever stands first in a form."""
    number: str = given.get("document", "")
    return unproved(number) if given.get("no_paper") else number


PARTS: Final = 4
"""Name, document, address, telephone: what a line about somebody says, between semicolons."""


def others_in(given: Mapping[str, Any]) -> Iterator[Sender]:
    """Those who are named beside whoever stands first, one a line."""
    for line in (given.get("others") or "").splitlines():
        parts = [part.strip() for part in line.split(";", PARTS - 1)]
        if parts[0]:
            yield Sender(*parts)


def check_papers_of_others(form: forms.Form, given: Mapping[str, Any]) -> None:
    """Refuse a number that no card or passport has, of those who are named beside the first one."""
    for each in others_in(given):
        try:
            like_a_card(each.document or "0" * 9)
        except forms.ValidationError as error:
            form.add_error("others", f"{each.name}: {error.messages[0]}")


class TakeForm(forms.Form):
    """A petition taken in by an officer; a name makes it signed. Whoever stands first speaks for all who signed."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại đơn"), choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn loại đơn.")},
    )  # fmt: skip
    door = forms.ChoiceField(label=gettext_lazy("Đơn đến bằng cách nào"), choices=DOORS)
    reception = forms.ChoiceField(
        label=gettext_lazy("Lượt tiếp công dân"), required=False,
        help_text=gettext_lazy("Khi đơn nộp tại buổi tiếp công dân: lượt tiếp trong sổ."),
    )  # fmt: skip
    received_on = DayField(
        label=gettext_lazy("Ngày nhận"), help_text=gettext_lazy("Ngày đơn đến, không phải ngày nhập.")
    )
    origin = forms.CharField(
        label=gettext_lazy("Cơ quan chuyển đến, số công văn; hoặc trang và bài viết"), required=False, max_length=200,
        help_text=gettext_lazy("Ví dụ: Trang Công an phường, tin nhắn ngày 3/11. Không ghi khi là tố cáo."),
    )  # fmt: skip
    subject = forms.CharField(
        label=gettext_lazy("Việc gì, trong một câu"), max_length=200,
        error_messages={"required": gettext_lazy("Ghi việc gì, trong một câu.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Ghi nội dung đơn.")},
    )  # fmt: skip
    against = forms.CharField(
        label=gettext_lazy("Họ tên người bị tố cáo"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Họ và tên, mỗi người một dòng. Cán bộ có đúng họ tên này không bao giờ được giữ khóa của đơn."
        ),
    )  # fmt: skip
    away = forms.ChoiceField(
        label=gettext_lazy("Đơn vị của người bị tố cáo"), required=False,
        help_text=gettext_lazy(
            "Khi tố cáo: chọn thì không ai ở đó giữ khóa. Chỉ để trống khi đã ghi đúng họ và tên của từng người."
        ),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Họ và tên người gửi"), required=False, max_length=200,
        help_text=gettext_lazy("Bỏ trống nếu đơn không ký tên."),
    )  # fmt: skip
    document = forms.CharField(label=gettext_lazy("Số căn cước"), required=False, max_length=30)
    no_paper = no_paper()
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), required=False, max_length=300)
    phone = forms.CharField(
        label=gettext_lazy("Số điện thoại"), required=False, max_length=30, validators=[like_a_phone]
    )
    others = forms.CharField(
        label=gettext_lazy("Những người cùng ký"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Mỗi người một dòng: họ tên; số căn cước; địa chỉ; điện thoại. Người ghi ở trên là người đại diện."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, held: Mapping[str, tuple[str, date]], **kwargs: Any) -> None:
        """`held`: receptions by id, what each is called and its day."""
        super().__init__(*args, **kwargs)
        self.held = held
        named = [(key, label) for key, (label, _day) in held.items()]
        self.fields["reception"].choices = [("", _("Không có")), *named]  # type: ignore[attr-defined]
        unknown = (UNKNOWN, _("Không rõ đơn vị: đơn lên Công an tỉnh"))
        units = addressed(today).items()
        self.fields["away"].choices = [("", _("Không có")), unknown, *units]  # type: ignore[attr-defined]

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa đến."))
        return day

    def clean_origin(self) -> str:
        """Who sent it on; of what is sealed it is not kept, and so not asked."""
        given, origin = self.cleaned_data, str(self.cleaned_data["origin"])
        if given.get("door") == "transferred" and given.get("kind") != "denunciation" and not origin:
            raise forms.ValidationError(_("Ghi cơ quan đã chuyển đơn đến, số và ngày của văn bản chuyển."))
        return origin

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_paper(self, given)
        check_papers_of_others(self, given)
        if given.get("others") and "name" in given and not given["name"]:
            self.add_error("name", _("Ghi người đại diện của những người cùng ký."))
        named, at_one = given.get("reception"), given.get("door") == "reception"
        if at_one and "reception" in given and not named:
            self.add_error("reception", _("Chọn lượt tiếp trong sổ. Chưa có thì ghi vào sổ tiếp công dân trước."))
        elif named and not at_one:
            self.add_error("door", _("Đã chọn một lượt tiếp: đơn đến tại buổi tiếp công dân."))
        elif named and given.get("received_on") and given["received_on"] < self.held[named][1]:
            self.add_error("received_on", _("Ngày nhận ở trước ngày tiếp công dân."))
        if given.get("kind") == "denunciation" and not given.get("away") and "away" in given:
            self._ask_for_unit(given.get("against", ""))
        if given.get("kind") and given.get("received_on") and not has_law(given["kind"], given["received_on"]):
            self.add_error(
                "received_on", _("Hệ thống không có luật của ngày này nên không tính được hạn. Xem lại ngày.")
            )
        return given

    def _ask_for_unit(self, names: str) -> None:
        """Where it is not clear who is meant, the whole unit is kept away, as at the public door."""
        if not is_clear_anywhere(names, timezone.localdate()):
            self.add_error("away", _(
                "Chưa rõ hết là ai: chọn đơn vị của người bị tố cáo. Không biết đơn vị thì chọn “Không rõ đơn vị”."
            ))  # fmt: skip

    def clean_code(self) -> str:
        code = followup.read(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("Trang này không còn dùng được. Hãy mở trang mới."))
        return code

    def told(self) -> Content:
        """What was told, and by whom."""
        got = self.cleaned_data
        sender = Sender(got["name"], paper_of(got), got["address"], got["phone"])
        senders = (sender, *others_in(got)) if got["name"] else ()
        return Content(got["subject"], got["text"], got["against"], signed=bool(senders), senders=senders)


def field_choices() -> list[tuple[str, str]]:
    """What a petition can be about, in the language of the page, after none."""
    lang = (get_language() or "vi")[:2]
    return [("", _("Chưa chọn")), *((code, title.to(lang)) for code, title in fields().items())]


def kinds_named(kinds: Sequence[str]) -> list[tuple[str, Any]]:
    """These kinds as choices, in the order in which people know them."""
    return [(code, label) for code, label in KINDS if code in kinds]


def check_why(form: forms.Form, known: str) -> None:
    """Another kind than the known one needs a reason."""
    given = form.cleaned_data
    if given.get("kind") and given["kind"] != known and not given.get("kind_why") and "kind_why" not in form.errors:
        form.add_error("kind_why", _("Ghi vì sao nội dung đơn là loại khác."))


class KindForm(forms.Form):
    """That a sealed petition is of another kind, by whoever reads it."""

    kind = forms.ChoiceField(label=gettext_lazy("Theo nội dung, đơn này là"), widget=forms.RadioSelect)
    kind_why = forms.CharField(
        label=gettext_lazy("Vì sao là loại khác"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Người phân loại đọc lời này: đừng ghi gì cho biết ai gửi."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_named([one for one in kinds if one != kind])  # type: ignore[attr-defined]


FACTS: Final = ("signed", "competence", "conditions", "content", "addressed", "instance")


class SortForm(forms.Form):
    """What an officer finds of a petition; the table says what follows.

    `kind` is what it is by what it tells: who sorts what is sealed cannot read it, and is not asked.
    """

    kind = forms.ChoiceField(
        label=gettext_lazy("Theo nội dung, đơn này là"), widget=forms.RadioSelect, required=False,
        help_text=gettext_lazy("Xem nội dung và yêu cầu trong đơn, không theo tên người gửi đặt cho đơn."),
    )  # fmt: skip
    kind_why = forms.CharField(
        label=gettext_lazy("Vì sao là loại khác"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Chỉ ghi khi loại ở trên khác loại lúc nhận."),
    )  # fmt: skip
    signed = forms.ChoiceField(
        label=gettext_lazy("Chữ ký"), widget=forms.RadioSelect,
        choices=[("signed", gettext_lazy("Có ký tên")), ("unsigned", gettext_lazy("Không ký tên"))],
    )  # fmt: skip
    competence = forms.ChoiceField(
        label=gettext_lazy("Thẩm quyền"), widget=forms.RadioSelect,
        choices=[("ours", gettext_lazy("Thuộc đơn vị này")), ("elsewhere", gettext_lazy("Thuộc nơi khác"))],
    )  # fmt: skip
    conditions = forms.ChoiceField(
        label=gettext_lazy("Điều kiện thụ lý"), widget=forms.RadioSelect, initial="met",
        choices=[("met", gettext_lazy("Đủ")), ("unmet", gettext_lazy("Không đủ"))],
    )  # fmt: skip
    content = forms.ChoiceField(
        label=gettext_lazy("Nội dung"), widget=forms.RadioSelect, initial="clear",
        choices=[("clear", gettext_lazy("Rõ, có chứng cứ")), ("vague", gettext_lazy("Không rõ"))],
    )  # fmt: skip
    addressed = forms.ChoiceField(
        label=gettext_lazy("Đơn gửi đến"), widget=forms.RadioSelect, initial="us_only",
        choices=[
            ("us_only", gettext_lazy("Chỉ nơi này")), ("competent_body_too", gettext_lazy("Cả nơi có thẩm quyền")),
        ],
    )  # fmt: skip
    instance = forms.ChoiceField(
        label=gettext_lazy("Lần đầu hay tiếp theo"), widget=forms.RadioSelect, initial="first",
        choices=[("first", gettext_lazy("Lần đầu")), ("second", gettext_lazy("Khiếu nại lần hai, tố cáo tiếp"))],
    )  # fmt: skip
    earlier = forms.CharField(
        label=gettext_lazy("Vụ việc lần đầu"), required=False, max_length=40,
        help_text=gettext_lazy("Mã hồ sơ, số trong sổ (12/2026) hoặc mã theo dõi của đơn trước."),
    )  # fmt: skip
    prior_number = forms.CharField(
        label=gettext_lazy("Hoặc: số quyết định, kết luận của cơ quan khác"), required=False, max_length=60
    )
    prior_day = DayField(label=gettext_lazy("Ngày của quyết định, kết luận đó"), required=False)
    prior_body = forms.CharField(label=gettext_lazy("Cơ quan đã ban hành"), required=False, max_length=200)
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bắt buộc khi không thụ lý, hướng dẫn, chuyển hoặc lưu."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, kinds: Sequence[str], sealed: bool, **kwargs: Any) -> None:
        """`kind`: what it is called so far; `kinds`: what it may be called."""
        super().__init__(*args, **kwargs)
        if sealed:
            del self.fields["field"], self.fields["kind"], self.fields["kind_why"]
        else:
            self.fields["field"].choices = field_choices()  # type: ignore[attr-defined]
            self.fields["kind"].choices = kinds_named(kinds)  # type: ignore[attr-defined]
            self.fields["kind"].initial = kind
        self.known = kind

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_why(self, self.known)
        told = {name: given.get(name) for name in ("prior_number", "prior_day", "prior_body")}
        if any(told.values()):
            for name, value in told.items():
                if not value and name not in self.errors:
                    self.add_error(name, _("Ghi đủ số, ngày và cơ quan ban hành."))
        return given

    def prior(self) -> str:
        """The decision of another body, in one line; '' where none was named."""
        got = self.cleaned_data
        return f"{got['prior_number']}, {day(got['prior_day'])}, {got['prior_body']}" if got["prior_number"] else ""

    def facts(self) -> Facts:
        """What was found, as the table asks."""
        got = self.cleaned_data
        return Facts(**{name: got[name] for name in FACTS})


class TellForm(forms.Form):
    """By which document the sender was told."""

    document = forms.CharField(label=gettext_lazy("Số, ngày của văn bản đã gửi"), max_length=100)


class WriteForm(forms.Form):
    """A word to the sender."""

    text = forms.CharField(
        label=gettext_lazy("Viết cho người gửi"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )
