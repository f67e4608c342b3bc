"""How numbers, days and spans of time are written for people, in the reader's language."""

from datetime import date, datetime

from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hamrong.law.citations import spelled

Number = int | float


def number(value: Number) -> str:
    """21000 → "21.000" in Vietnamese, "21,000" in English."""
    return format_decimal(value, locale=(get_language() or "vi")[:2])


def day(value: date | datetime) -> str:
    """dd/mm/yyyy, in both languages; an instant is first taken to local time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


def clock(value: datetime) -> str:
    """hh:mm on the 24-hour clock, local time."""
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M}"


def moment(value: datetime) -> str:
    """hh:mm dd/mm/yyyy, local time."""
    return f"{clock(value)} {day(value)}"


def shown(value: object) -> object:
    """A value as a table or a summary shows it: numbers, days and instants written out, nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def span(minutes: int) -> str:
    """A span in its two largest units: "2 ngày 3 giờ", "1 giờ 5 phút", "0 phút". Minutes must not be negative."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        words = [f"{days} {_('ngày')}", f"{hours} {_('giờ')}" if hours else ""]
    else:
        words = [f"{hours} {_('giờ')}" if hours else "", f"{left} {_('phút')}" if left or not hours else ""]
    return " ".join(word for word in words if word)


def days_until(last: date, today: date) -> str:
    """What is left before the end of a last day, in days alone, or how many days ago it passed."""
    days = (last - today).days
    if not days:
        return _("hết hôm nay")
    words = {"span": ngettext("%(count)s ngày", "%(count)s ngày", abs(days)) % {"count": number(abs(days))}}
    return _("còn %(span)s") % words if days > 0 else _("quá hạn %(span)s") % words


def until(moment_due: datetime, now: datetime) -> str:
    """What is left before a moment, or how long ago it passed."""
    seconds = (moment_due - now).total_seconds()
    if seconds >= 0:
        return _("còn %(span)s") % {"span": span(int(seconds // 60))}
    return _("quá hạn %(span)s") % {"span": span(int(-seconds // 60))}


def cited(law: str) -> str:
    """A place in the law ("25/2018/QH14 Đ38 k2") as people read it: "Điều 38 khoản 2 Luật Tố cáo 25/2018/QH14"."""
    return spelled(law).to((get_language() or "vi")[:2])
