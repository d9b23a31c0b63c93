"""The paper of all figures: a grid of panels, and a colour per component. Sizes are in inches."""

from __future__ import annotations

from itertools import cycle

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from predictive_maintenance.contract import COMPONENTS

WIDTH = 11.0
PANEL_HEIGHT = 2.8
PALETTE = ("#2f6fce", "#d9761c", "#16917f", "#a8479a", "#6b5bd2", "#7a8b1e", "#c2527a", "#4a6b8a")
"""Of the components by their place, over again where there are more."""
COLORS = dict(zip(COMPONENTS, cycle(PALETTE)))
MAIN, OTHER, FAILURE, ERROR, MAINT = "#2457a6", "#c3ccd8", "#c2362f", "#c58a12", "#5d6878"


def panels(
    number: int, columns: int, *, height: float = PANEL_HEIGHT, share_x: bool = False
) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels, row by row; `height` is that of a row."""
    rows = -(-number // columns)
    figure = Figure(figsize=(WIDTH, height * rows), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False, sharex=share_x).flatten().tolist()
    for unused in grid[number:]:
        unused.set_axis_off()
    for axes in grid[:number]:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
    return figure, grid[:number]


def color_of(name: str) -> str:
    """That of a component; anything else has the main colour."""
    return COLORS.get(name, MAIN)


def bars(axes: Axes, counts: dict[str, float], title: str) -> None:
    """One bar per name, with its number on top."""
    drawn = axes.bar(list(counts), list(counts.values()), color=[color_of(name) for name in counts])
    axes.bar_label(drawn, fmt="{:,.0f}", fontsize=8)
    axes.set_title(title)


def date_axis(axes: Axes) -> None:
    """Short dates along the bottom."""
    locator = AutoDateLocator()  # type: ignore[no-untyped-call] # matplotlib has no types for it
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call] # nor for this
