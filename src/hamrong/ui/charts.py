"""Numbers as pictures: SVG made on the server, always with its table, classes instead of styles, never colour alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from typing import Final

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hamrong.ui.formats import number

WIDTH: Final = 440
HEIGHT: Final = 230
LEFT: Final = 46
RIGHT: Final = 8
TOP: Final = 22
BOTTOM: Final = 34
HEAT_STEPS: Final = 4
LABELS: Final = 8
LETTER: Final = 7.5
"""How wide a letter under the axis is, about."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A vertical axis from 0 to `top`, with its rules at `ticks`."""

    top: float
    ticks: tuple[float, ...]

    def y(self, value: float) -> float:
        """Where a value lies in the drawing, in its units from the upper edge."""
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top, 1)


def scale_of(highest: float, *, whole: bool = False) -> Scale:
    """Round steps of 1, 2 or 5 times a power of ten, at most five of them. Values must not be negative.

    `whole`: things are counted, so there is no rule at half of one.
    """
    if highest <= 0:
        return Scale(1, (0, 1))
    rough = highest / 4
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    step = max(step, 1) if whole else step
    count = ceil(highest / step)
    return Scale(step * count, tuple(round(step * n, 6) for n in range(count + 1)))


def scale_for(values: Iterable[float | None]) -> Scale:
    """The scale of what is shown; None is nothing that is known."""
    known = [value for value in values if value is not None]
    return scale_of(max(known, default=0), whole=all(isinstance(value, int) for value in known))


def shown(value: float | None) -> str:
    """A value in the table beneath a chart."""
    return _("không có số liệu") if value is None else number(value)


def bar_chart(title: str, points: Sequence[tuple[str, float | None]], *, name: str, unit: str = "") -> SafeString:
    """Bars of (label, value), with their numbers where there is room. `name` makes the ids: unique on the page.

    None leaves a gap: nothing is known, which is not zero.
    """
    if not points:
        return _figure(title, name, "", [], [])
    scale = scale_for(value for _label, value in points)
    left = _left(scale)
    width = (WIDTH - left - RIGHT) / len(points)
    bars = [
        _bar(scale, value, left + width * n, width, len(points))
        + _label_below(label, left + width * (n + 0.5), n, len(points), width)
        for n, (label, value) in enumerate(points)
    ]
    rows = [[label, shown(value)] for label, value in points]
    return _figure(title, name, _svg(title, name, _axis(scale), *bars), ["", unit or _("Số lượng")], rows)


def _bar(scale: Scale, value: float | None, x: float, width: float, count: int) -> SafeString:
    if value is None:
        return SafeString("")
    return format_html(
        '<rect class="bar s1" x="{}" y="{}" width="{}" height="{}" rx="2"/>{}',
        round(x + width * 0.18, 1),
        scale.y(value),
        round(width * 0.64, 1),
        round(scale.y(0) - scale.y(value), 1),
        _number_above(value, x + width * 0.5, scale.y(value) - 6, count),
    )


def line_chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    name: str,
    unit: str = "",
) -> SafeString:
    """Up to four lines over the same labels, told apart by their dashes and a legend, not by colour alone.

    None breaks a line: nothing is known, which is not zero.
    """
    if not labels or not series:
        return _figure(title, name, "", [], [])
    scale = scale_for(value for _name, values in series for value in values)
    left = _left(scale)
    reach = (WIDTH - left - RIGHT - 40) / max(1, len(labels) - 1)
    places = [round(left + 20 + reach * n, 1) for n in range(len(labels))]
    below = [_label_below(label, places[n], n, len(labels), reach) for n, label in enumerate(labels)]
    lines = [_line(places, values, scale, n + 1) for n, (_name, values) in enumerate(series)]
    rows = [[label, *(shown(values[n]) for _name, values in series)] for n, label in enumerate(labels)]
    head = ["", *(f"{one} ({unit})" if unit else one for one, _values in series)]
    drawing = _svg(title, name, _axis(scale), *below, *lines) + _legend([one for one, _values in series])
    return _figure(title, name, drawing, head, rows)


def _line(xs: Sequence[float], values: Sequence[float | None], scale: Scale, kind: int) -> SafeString:
    points = [None if value is None else (x, scale.y(value)) for x, value in zip(xs, values, strict=True)]
    runs = [list(run) for known, run in groupby(points, key=lambda point: point is not None) if known]
    paths = format_html_join(
        "",
        '<polyline class="line s{}" points="{}"/>',
        ((kind, " ".join(f"{point[0]},{point[1]}" for point in run if point)) for run in runs),
    )
    dots = format_html_join(
        "", '<circle class="dot" cx="{}" cy="{}" r="3.5"/>', (point for point in points if point is not None)
    )
    return format_html('<g class="s{}">{}{}</g>', kind, paths, dots)


def _legend(names: Sequence[str]) -> SafeString:
    mark = (
        '<li><svg viewBox="0 0 32 12" aria-hidden="true"><g class="s{}"><path class="line s{}" d="M0 6H32"/></g></svg>'
        "{}</li>"
    )
    return format_html(
        '<ul class="legend">{}</ul>', format_html_join("", mark, ((n, n, one) for n, one in enumerate(names, 1)))
    )


def heat_grid(
    title: str, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float | None]], *, name: str
) -> SafeString:
    """A grid of rows by columns, darker for more, its number in every cell; None is an empty cell."""
    if not rows or not columns:
        return _figure(title, name, "", [], [])
    highest = max((value for line in values for value in line if value is not None), default=0)
    left, high = 88, 32
    wide = (WIDTH - left) / len(columns)
    heads = format_html_join(
        "",
        '<text x="{}" y="16" text-anchor="middle">{}</text>',
        ((round(left + wide * (n + 0.5), 1), label) for n, label in enumerate(columns)),
    )
    lines = [
        format_html('<text class="strong" x="0" y="{}">{}</text>', 26 + high * r + 20, label)
        + format_html_join(
            "",
            "{}",
            (
                (_heat_cell(value, highest, left + wide * c, 26 + high * r, wide, high),)
                for c, value in enumerate(values[r])
            ),
        )
        for r, label in enumerate(rows)
    ]
    table = [[label, *("" if value is None else number(value) for value in values[r])] for r, label in enumerate(rows)]
    drawing = _svg(title, name, heads, *lines, height=26 + high * len(rows))
    return _figure(title, name, drawing, ["", *columns], table)


def _heat_cell(value: float | None, highest: float, x: float, y: float, wide: float, high: float) -> SafeString:
    step = 0 if not value or not highest else max(1, ceil(HEAT_STEPS * value / highest))
    box = format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        "none" if value is None else f"h{step}",
        round(x + 1, 1),
        y + 1,
        round(wide - 2, 1),
        high - 2,
    )
    if value is None:
        return box
    return box + format_html(
        '<text class="t{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        step,
        round(x + wide / 2, 1),
        y + 22,
        number(value),
    )


def sparkline(values: Sequence[float | None], label: str) -> SafeString:
    """A line the size of a word, ending in a dot; `label` says in words what it shows."""
    known = [value for value in values if value is not None]
    if not known:
        return SafeString("")
    low, high = min(known), max(known)
    reach = 112 / max(1, len(known) - 1)
    points = [
        (round(4 + reach * n, 1), round(24 - 20 * (value - low) / ((high - low) or 1), 1))
        for n, value in enumerate(known)
    ]
    return format_html(
        '<svg class="spark" viewBox="0 0 120 28" width="120" height="28" role="img" aria-label="{}">'
        '<polyline class="line" points="{}"/><circle class="dot" cx="{}" cy="{}" r="3.5"/></svg>',
        label,
        " ".join(f"{x},{y}" for x, y in points),
        *points[-1],
    )


def _left(scale: Scale) -> float:
    """Where the drawing begins: the widest number of the axis stands before it, about 8 units a character."""
    return max(LEFT, 14 + 8 * max(len(number(tick)) for tick in scale.ticks))


def _axis(scale: Scale) -> SafeString:
    left = _left(scale)
    rules = format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                "rule" if tick else "axis",
                left,
                WIDTH - RIGHT,
                scale.y(tick),
                scale.y(tick),
                left - 8,
                scale.y(tick) + 4,
                number(tick),
            )
            for tick in scale.ticks
        ),
    )
    return rules


def _number_above(value: float, x: float, y: float, count: int) -> SafeString:
    """A bar's number, where there is room for it; the table holds them all."""
    if count > LABELS + 2:
        return SafeString("")
    return format_html(
        '<text class="strong" x="{}" y="{}" text-anchor="middle">{}</text>', round(x, 1), y, number(value)
    )


def _label_below(label: str, x: float, n: int, count: int, width: float) -> SafeString:
    """The label under the axis, with many points only every second, third … one; in two lines, or cut, where it would
    meet the next.
    """
    every = ceil(count / LABELS)
    if n % every:
        return SafeString("")
    lines = _lines(label, max(int(width * every / LETTER), 4))
    at = round(x, 1)
    if len(lines) == 1:
        return format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', at, HEIGHT - 12, lines[0])
    return format_html_join(
        "", '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((at, HEIGHT - 20 + 15 * row, line) for row, line in enumerate(lines)),
    )  # fmt: skip


def _lines(label: str, letters: int) -> list[str]:
    """A label as one line of at most so many letters, or two that break between words; what is too long is cut."""
    if len(label) <= letters:
        return [label]
    breaks = [at for at, letter in enumerate(label) if letter == " " and 0 < at <= letters]
    parts = [label[: breaks[-1]], label[breaks[-1] + 1 :]] if breaks else [label]
    return [part if len(part) <= letters else f"{part[: letters - 1]}…" for part in parts]


def _svg(title: str, name: str, *inside: SafeString, height: int = HEIGHT) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{title}</title>'
        '<desc id="{name}-desc">{desc}</desc>{inside}</svg>',
        width=WIDTH,
        height=height,
        name=name,
        title=title,
        desc=_("Số liệu ở bảng ngay bên dưới."),
        inside=mark_safe("".join(inside)),
    )


def _figure(title: str, name: str, drawing: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    values = {"title": title, "name": name, "drawing": drawing, "head": head, "rows": rows}
    return mark_safe(render_to_string("ui/components/chart.html", values))
