"""The tag library `ui`: every component of the design system, as `docs/design.md` lists them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea, Widget
from django.forms.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hamrong.ui import formats
from hamrong.ui.agents import agent_words
from hamrong.ui.forms import ClockInput, DayInput, problems
from hamrong.ui.parts import Answer, Cell, Event, Link, Pager, Stat, Step, Table, Task, signs_in
from hamrong.ui.states import state as look_of

register = template.Library()

register.filter("number", formats.number)
register.filter("day", formats.day)
register.filter("clock", formats.clock)
register.filter("moment", formats.moment)
register.filter("shown", formats.shown)
register.filter("cited", formats.cited)
register.filter("browser", agent_words)

NOTICE_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "plain": "info",
}
MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad", "debug": "plain"}
FEW = 3
"""So many filters stand above a list on a phone; where there are more, they fold away."""
THEME_MEDIA = {"dark": "all", "light": "not all"}


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to walk over in a template."""
    return text.split()


@register.filter
def whole(text: object) -> SafeString:
    """A text (a plate, the name of a file) that goes on in the next line as a whole."""
    return format_html('<span class="whole">{}</span>', text)


@register.filter
def keeping(text: str, part: str) -> SafeString:
    """A text in which a part is `whole` wherever it stands."""
    told = str(conditional_escape(text))
    return SafeString(told.replace(str(conditional_escape(part)), str(whole(part))) if part else told)


@register.filter
def command(text: str) -> SafeString:
    """A command of a shell, its words kept whole: broken at a hyphen, `--keys` reads like two."""
    return format_html_join(" ", "{}", ((whole(word),) for word in text.split()))


def part(name: str, /, **values: object) -> SafeString:
    """A component's template with exactly these values."""
    return mark_safe(render_to_string(f"ui/components/{name}.html", values))


@register.simple_tag
def icon(name: str, label: object = "") -> SafeString:
    """A drawing of the sprite; silent to screen readers unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" {}><use href="{}#{}"></use></svg>', said, static("ui/icons.svg"), name
    )


@register.simple_tag
def button(label: object, kind: str = "primary", icon: str = "", **attributes: object) -> SafeString:
    """A button. `name`, `value`, `type`, `disabled`, `form`, `formaction`; other attributes with _ for -."""
    attributes.setdefault("type", "submit")
    return part("button", label=label, kind=kind, icon=icon, attributes=_attributes(attributes))


@register.simple_tag
def link_button(label: object, url: str, kind: str = "secondary", icon: str = "", **attributes: object) -> SafeString:
    """A link that looks like a button: it goes somewhere, and changes nothing."""
    return part("button", label=label, url=url, kind=kind, icon=icon, attributes=_attributes(attributes))


def _attributes(values: dict[str, object]) -> list[tuple[str, object]]:
    """HTML attributes; True stands alone, False and None are left out."""
    return [
        (name.replace("_", "-"), value) for name, value in values.items() if value is not False and value is not None
    ]


@register.simple_tag
def tag(label: object, tone: str = "plain", icon: str = "") -> SafeString:
    """A word with a tone and, where given, an icon."""
    return part("tag", label=label, tone=tone, icon=icon)


@register.simple_tag
def state(name: str, label: object = "") -> SafeString:
    """The tag of a state that `states.STATES` knows; `label` replaces its word."""
    look = look_of(name)
    return part("tag", label=label or look.label, tone=look.tone, icon=look.icon)


@register.simple_tag
def count(value: int, label: object) -> SafeString:
    """How many wait; nothing when none do. The label is for those who hear the page."""
    return part("count", value=value, label=label) if value else SafeString("")


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: object = "", live: bool = False) -> SafeString:
    """A notice: info, good, warn or bad. `live` announces it when it arrives by htmx."""
    return part("notice", content=content, tone=tone, title=title, live=live, icon=NOTICE_ICONS[tone])


@register.simple_tag
def message(message: Any) -> SafeString:
    """One of Django's messages, as a notice."""
    tone = MESSAGE_TONES.get(message.level_tag, "info")
    return part("notice", content=conditional_escape(message), tone=tone, icon=NOTICE_ICONS[tone], live=True)


@register.simple_block_tag
def toast(content: str, tone: str = "good") -> SafeString:
    """A short word after an htmx act, put among the toasts out of band; the page itself must show the result too."""
    return part("toast", content=content, tone=tone, icon=NOTICE_ICONS[tone])


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """What is wrong, each line leading to its field; nothing when the forms are right or were not sent."""
    lines = [line for form in forms for line in problems(form)]
    return part("error_summary", lines=lines) if lines else SafeString("")


@register.simple_tag
def field(
    bound: BoundField,
    width: str = "",
    inline: bool = False,
    prefix: object = "",
    suffix: object = "",
    optional: bool = True,
    **attributes: str,
) -> SafeString:
    """A form's field: label, hint, errors, input. `width` short or medium; other attributes go to the input (_ for -).

    Fields that may stay empty say so, except where `optional` is False (in filters every one may).
    """
    widget, kind = bound.field.widget, kind_of(bound.field.widget)
    given: dict[str, str | bool] = {name.replace("_", "-"): value for name, value in attributes.items()}
    given |= {"maxlength": False} if isinstance(widget, Textarea) else {}  # browsers cut what is pasted; ours says so
    values = {
        "field": bound,
        "kind": kind,
        "inline": inline,
        "optional": optional and not bound.field.required,
        "prefix": prefix,
        "suffix": suffix,
        "classes": " ".join(name for name in (kind, width, "wrong" if bound.errors else "") if name),
        "describedby": bound.aria_describedby,
        "control": bound.as_widget(attrs=given) if kind not in {"radios", "checks"} else "",
    }
    return part("field", **values)


def kind_of(widget: Widget) -> str:
    """Which of the shapes of `field.html` a widget takes."""
    kinds: tuple[tuple[type[Widget], str], ...] = (
        (CheckboxSelectMultiple, "checks"),
        (RadioSelect, "radios"),
        (CheckboxInput, "check"),
        (DayInput, "day"),
        (ClockInput, "clock"),
    )
    return next((name for shape, name in kinds if isinstance(widget, shape)), getattr(widget, "input_type", "text"))


@register.simple_block_tag
def group(content: str, legend: object, hint: object = "", name: str = "") -> SafeString:
    """Fields that belong together, under one legend."""
    return part("group", content=content, legend=legend, hint=hint, name=name)


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    """A row of buttons; one below the other on a phone."""
    return format_html('<div class="buttons">{}</div>', content)


@register.simple_block_tag
def details(content: str, summary: object, open: bool = False) -> SafeString:
    """What only some need to read."""
    return part("details", content=content, summary=summary, open=open)


@register.simple_tag
def summary(answers: Sequence[Answer]) -> SafeString:
    """Questions and answers, each with the way to change it (check answers); signs written out are explained."""
    return part("summary", answers=answers, signs=signs_in(answers))


@register.simple_tag
def tasks(lines: Sequence[Task]) -> SafeString:
    """What is to be done, and what has been."""
    return part("tasks", lines=lines)


@register.simple_tag
def steps(lines: Sequence[Step]) -> SafeString:
    """The numbered steps of a course, and where the person stands."""
    return part("steps", lines=lines)


@register.simple_tag
def stats(tiles: Sequence[Stat]) -> SafeString:
    """Numbers at a glance."""
    return part("stats", tiles=tiles)


@register.simple_tag
def history(events: Sequence[Event]) -> SafeString:
    """What happened, in the order given."""
    return part("history", events=[(event, isinstance(event.at, datetime)) for event in events])


@register.simple_tag
def breadcrumbs(links: Sequence[Link]) -> SafeString:
    """Where this page lies; the last one is the page itself."""
    return part("breadcrumbs", links=links)


@register.simple_tag
def tabs(links: Sequence[Link], label: object) -> SafeString:
    """Faces of one thing, each with its own address."""
    return part("tabs", links=links, label=label)


@register.simple_tag
def countdown(due: datetime, now: datetime, soon: int = 60) -> SafeString:
    """What is left until `due`; a warning in the last `soon` minutes. True at `now` without any script."""
    left = (due - now).total_seconds() / 60
    tone = "bad" if left < 0 else "warn" if left <= soon else "good"
    words = {
        "left": _("còn %(span)s"),
        "past": _("quá hạn %(span)s"),
        "units": "|".join([_("ngày"), _("giờ"), _("phút")]),
    }
    return part("countdown", due=due, now=now, tone=tone, soon=soon, text=formats.until(due, now), **words)


@register.simple_tag
def progress(done: int, total: int, label: object, failed: int = 0, live: bool = True) -> SafeString:
    """How far a long piece of work has come, in numbers and as a bar."""
    return part("progress", done=done, total=total, label=label, failed=failed, live=live)


@register.simple_block_tag
def empty(content: str, title: object, icon: str = "inbox") -> SafeString:
    """Nothing here, why, and what to do about it."""
    return part("empty", content=content, title=title, icon=icon)


@register.simple_block_tag
def receipt(content: str, code: str, label: object, qr: str = "") -> SafeString:
    """A receipt: its code in large letters, the words about it, and a QR code (SVG, with a white ground)."""
    return part("receipt", content=content, code=code, label=label, qr=qr)


@register.simple_tag
def copy(text: str, label: object = "") -> SafeString:
    """A code, and a button that copies it where scripts run."""
    return part("copy", text=text, label=label)


@register.simple_tag
def loading(lines: int = 3) -> SafeString:
    """The place of something that is still coming."""
    return part("loading", lines=range(lines))


@register.simple_tag(takes_context=True)
def search_box(context: Context, url: str = "", value: str = "", label: object = "", name: str = "q") -> SafeString:
    """A search by GET. Where several stand on one page, give each its own `name`."""
    request = context.get("request")
    value = value or (request.GET.get(name, "") if request else "")
    return part("search_box", url=url, value=value, label=label, name=name)


@register.simple_tag(takes_context=True)
def table(context: Context, table: Table) -> SafeString:
    """A table with its caption, sort links, selection boxes, cards on phones, empty state and pager."""
    heads = [(column, *_sorting(context, table.sort, column.sort)) for column in table.columns]
    rows = [(row, [_cell(value) for value in row.cells]) for row in table.rows]
    lines = [(row, list(zip(table.columns, cells, strict=True))) for row, cells in rows]
    pages = pager(context, table.pager) if table.pager else ""
    return part("table", table=table, heads=heads, rows=lines, pager=pages)


def _cell(value: object) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def _sorting(context: Context, present: str, name: str) -> tuple[str, str]:
    """(address that sorts by the column, how it is sorted now: ascending, descending or '')."""
    if not name:
        return "", ""
    now = {name: "ascending", f"-{name}": "descending"}.get(present, "")
    return address(context, sort=f"-{name}" if now == "ascending" else name, before="", after=""), now


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: str) -> str:
    """This page's query with some values changed; '' takes one away."""
    request = context.get("request")
    pairs = [(name, value) for name, values in request.GET.lists() for value in values] if request else []
    kept = [(name, value) for name, value in pairs if name not in changes and value]
    return "?" + urlencode(kept + [(name, value) for name, value in changes.items() if value])


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Pager) -> SafeString:
    """To the earlier and the later page, with the filters kept."""
    back = address(context, before=page.before, after="") if page.before else ""
    on = address(context, after=page.after, before="") if page.after else ""
    return part("pager", back=back, on=on, page=page)


@register.simple_tag(takes_context=True)
def filters(context: Context, form: BaseForm) -> SafeString:
    """A filter form by GET: the filters live in the address, and those in force have each a way out.

    More than `FEW` fields fold away on a phone, except where one of them is wrong: the list comes first there.
    """
    request = context.get("request")
    chosen = [
        (bound.label, _words(bound), address(context, **{bound.html_name: "", "before": "", "after": ""}))
        for bound in form
        if request and request.GET.get(bound.html_name) and not bound.is_hidden
    ]
    sort = request.GET.get("sort", "") if request else ""
    return part("filters", form=form, chosen=chosen, sort=sort, folds=len(form.visible_fields()) > FEW)


def _words(bound: BoundField) -> str:
    """What was chosen, in the words of the field's choices."""
    choices = {str(value): str(label) for value, label in getattr(bound.field, "choices", ())}
    values = bound.data if isinstance(bound.data, list | tuple) else [bound.data]
    return ", ".join(choices.get(str(value), str(value)) for value in values)


@register.simple_tag(takes_context=True)
def page_title(context: Context, name: str = "title") -> str:
    """The words of the block that also makes the heading, for the browser's tab."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return " ".join(strip_tags(block.nodelist.render(context)).split()) if block else ""


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """light, dark, or '' to follow the device: the visitor's choice from their cookie."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEME_MEDIA else ""


@register.simple_tag(takes_context=True)
def dark_media(context: Context) -> str:
    """The `media` of the dark style sheet under the visitor's choice."""
    return THEME_MEDIA.get(theme(context), "(prefers-color-scheme: dark)")
