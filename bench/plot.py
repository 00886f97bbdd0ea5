"""Plots as SVG text: cost and bound over time, and the first schedule over the number of teams."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.measure import Run

WIDTH, HEIGHT, MARGIN = 720, 400, 60
COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#d68910", "#5d6d7e")

Series = tuple[str, str, list[tuple[float, float]]]
"""Label, style of the line, and points."""


def over_time(runs: Sequence[Run]) -> str:
    """Cost (solid) and bound (dashed) of each league that has both, as parts of its last cost."""
    series: list[Series] = []
    mine = [run for run in runs if run.solver == "matchday" and run.cost]
    for run, colour in zip(mine, COLOURS, strict=False):
        last = float(run.cost or 1)
        cost = [(p.seconds, p.cost / last) for p in run.points if p.cost is not None]
        bound = [(p.seconds, p.bound / last) for p in run.points if p.bound is not None]
        series.append((run.league, f'stroke="{colour}"', cost))
        series.append(("", f'stroke="{colour}" stroke-dasharray="5 3"', bound))
    return _plot(series, "seconds", "cost (solid) and bound (dashed), of the last cost")


def over_teams(runs: Sequence[Run]) -> str:
    """Seconds to the first complete schedule of the plain leagues, by teams."""
    points = sorted(
        (float(run.teams), run.first)
        for run in runs
        if run.solver == "matchday" and run.first is not None and run.league.startswith("ncsaa")
    )
    return _plot([("matchday", f'stroke="{COLOURS[0]}"', points)], "teams", "seconds to complete")


@dataclass(frozen=True)
class _Scale:
    """From a value to a place on an axis."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low or 1.0)
        return self.begin + part * (self.end - self.begin)

    def ticks(self) -> list[float]:
        """Round values, about five."""
        step = 10 ** math.floor(math.log10(max(1e-9, self.high - self.low) / 4))
        step *= next(m for m in (1, 2, 5, 10) if (self.high - self.low) / (step * m) <= 6)
        first = math.ceil(self.low / step)
        return [n * step for n in range(first, math.floor(self.high / step) + 1)]


def _plot(series: Sequence[Series], across: str, upward: str) -> str:
    points = [point for _, _, line in series for point in line] or [(0.0, 0.0)]
    x = _Scale(0.0, max(p[0] for p in points), MARGIN, WIDTH - 20)
    y = _Scale(0.0, min(3.0, max(p[1] for p in points)) * 1.05, HEIGHT - MARGIN, 20)
    if across == "teams":
        y = _Scale(0.0, max(p[1] for p in points) * 1.05, HEIGHT - MARGIN, 20)
    parts = [*_axes(x, y, across, upward), *(_line(s, x, y) for s in series if s[2])]
    named = [s for s in series if s[0]]
    parts += [_legend(n, label, style) for n, (label, style, _) in enumerate(named)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12"'
    return "\n".join([f"{head} {style}>", *parts, "</svg>", ""])


def _axes(x: _Scale, y: _Scale, across: str, upward: str) -> list[str]:
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for value in x.ticks():
        place = f'x="{x.at(value):.1f}" y="{y.begin + 18}"'
        parts.append(f'<text {place} text-anchor="middle">{value:g}</text>')
    for value in y.ticks():
        at = f"{y.at(value):.1f}"
        parts.append(f'<path d="M{x.begin} {at}H{x.end}" stroke="#ddd"/>')
        place = f'x="{x.begin - 6}" y="{at}"'
        parts.append(f'<text {place} text-anchor="end" dy="4">{value:g}</text>')
    parts.append(f'<path d="M{x.begin} {y.end}V{y.begin}H{x.end}" fill="none" stroke="black"/>')
    middle = f'x="{(x.begin + x.end) / 2}" y="{HEIGHT - 15}"'
    parts.append(f'<text {middle} text-anchor="middle">{across}</text>')
    parts.append(f'<text x="{x.begin}" y="14">{upward}</text>')
    return parts


def _line(series: Series, x: _Scale, y: _Scale) -> str:
    points = " ".join(f"{x.at(a):.1f},{y.at(min(b, y.high)):.1f}" for a, b in series[2])
    return f'<polyline points="{points}" fill="none" stroke-width="2" {series[1]}/>'


def _legend(n: int, label: str, style: str) -> str:
    y = 34 + 18 * n
    line = f'<path d="M{WIDTH - 170} {y}h24" stroke-width="2" {style}/>'
    return f'{line}<text x="{WIDTH - 140}" y="{y + 4}">{label}</text>'
