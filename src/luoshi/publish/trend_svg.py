"""The trend as a drawing that needs no script: plan, actual, where lights fall. In: `TrendPoint`s. Out: SVG; colours by CSS classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from luoshi.lexicon.written import number
from luoshi.publish.board_html import CSS_CLASSES
from luoshi.publish.trend import TrendPoint

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 360, 64, 24, 20, 28
TICKS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """「刻度」 The axis of amounts: both ends are round."""

    low: Decimal
    high: Decimal

    def x(self, month: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (month - 1) / 11

    def y(self, value: Decimal) -> float:
        return float(TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.low) / (self.high - self.low)))

    def points(self, pairs: Iterable[tuple[int, Decimal | None]]) -> list[tuple[float, float]]:
        return [(self.x(month), self.y(value)) for month, value in pairs if value is not None]


def draw_trend(points: tuple[TrendPoint, ...], title: str, unit: str, less_is_better: bool = False) -> Markup:
    """Empty where there is neither a plan nor a figure."""
    scale = scale_of(points)
    if scale is None:
        return Markup("")
    parts = [*_grid(scale, unit), *([] if less_is_better else _bands(points, scale)),
             _line("plan", scale.points((p.on.month, p.planned) for p in points)),
             _line("recovery", scale.points((p.on.month, p.recovery) for p in points)),
             _line("real", scale.points((p.on.month, p.value) for p in points)), *_dots(points, scale)]
    return Markup('<svg class="chart" viewBox="0 0 {w} {h}" role="img" aria-label="{title}">{parts}</svg>').format(
        w=WIDTH, h=HEIGHT, title=title, parts=Markup("").join(parts))


def step_of(span: Decimal) -> Decimal:
    """A round step that cuts the span into about five: 1, 2 or 5 times a power of ten."""
    rough = span / TICKS
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * m for m in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if power * m >= rough)


def scale_of(points: tuple[TrendPoint, ...]) -> Scale | None:
    """From nought, unless everything lies far above it: a share between 50 and 53 would be a flat line. None without any amount."""
    values = [v for p in points for v in (p.planned, p.value, p.recovery) if v is not None]
    if not values:
        return None
    low, high = min(values), max(values)
    if low >= 0 and low < high * Decimal("0.6"):
        low = Decimal(0)
    if low == high:
        low, high = low - 1, high + 1
    step = step_of(high - low)
    return Scale((low / step).to_integral_value("ROUND_FLOOR") * step, (high / step).to_integral_value("ROUND_CEILING") * step)


def _grid(scale: Scale, unit: str) -> list[Markup]:
    step, value, parts = step_of(scale.high - scale.low), scale.low, []
    while value <= scale.high:
        y = f"{scale.y(value):.1f}"
        parts.append(Markup('<line class="{kind}" x1="{l}" x2="{r}" y1="{y}" y2="{y}"/>'
                            '<text x="{t}" y="{y}" dy="4" text-anchor="end">{n}</text>').format(
            kind="axis" if value == scale.low else "grid", l=LEFT, r=WIDTH - RIGHT, y=y, t=LEFT - 8, n=number(value)))
        value += step
    parts.append(Markup('<text x="{x}" y="12" text-anchor="end">{unit}</text>').format(x=LEFT - 8, unit=unit))
    month = Markup('<text x="{x:.1f}" y="{y}" text-anchor="middle">{m}</text>')
    parts += [month.format(x=scale.x(m), y=HEIGHT - 8, m=f"{m}月" if m in (1, 12) else m) for m in range(1, 13)]
    return parts


def _bands(points: tuple[TrendPoint, ...], scale: Scale) -> list[Markup]:
    """Where a figure is late, and where seriously: between the bounds, and below the lower one."""
    bounded = [p for p in points if p.late is not None and p.grave is not None]
    if len(bounded) < 2:
        return []
    late, grave = (scale.points((p.on.month, max(v or scale.low, scale.low)) for p, v in ((p, getattr(p, name)) for p in bounded))
                   for name in ("late", "grave"))
    floor = [(x, scale.y(scale.low)) for x, _ in grave]
    return [_area("band-late", late, grave), _area("band-grave", grave, floor)]


def _dots(points: tuple[TrendPoint, ...], scale: Scale) -> list[Markup]:
    known = [p for p in points if p.value is not None and p.light]
    dots = [Markup('<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>').format(x=x, y=y)
            for x, y in scale.points((p.on.month, p.value) for p in known[:-1])]
    for p in known[-1:]:
        assert p.value is not None
        assert p.light is not None
        x, y = scale.x(p.on.month), scale.y(p.value)
        dots.append(Markup('<line class="today" x1="{x:.1f}" x2="{x:.1f}" y1="{t}" y2="{b}" stroke-dasharray="1 3"/><g class="{kind}">'
                           '<circle class="dot-light" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/></g>'
                           '<text class="strong" x="{tx:.1f}" y="{ty:.1f}" text-anchor="{side}">{n}</text>').format(
            x=x, y=y, t=TOP, b=HEIGHT - BOTTOM, kind=CSS_CLASSES[p.light.state], tx=x + (8 if p.on.month < 11 else -8), ty=max(y - 10, 14),
            side="start" if p.on.month < 11 else "end", n=f"{number(p.value, 2)} {p.light.shape}{p.light.word}"))
    return dots


def _line(kind: str, points: list[tuple[float, float]]) -> Markup:
    return Markup('<polyline class="{kind}" points="{points}"/>').format(kind=kind, points=_written(points)) if len(points) > 1 else Markup("")


def _area(kind: str, upper: list[tuple[float, float]], lower: list[tuple[float, float]]) -> Markup:
    return Markup('<polygon class="{kind}" points="{points}"/>').format(kind=kind, points=_written([*upper, *reversed(lower)]))


def _written(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
