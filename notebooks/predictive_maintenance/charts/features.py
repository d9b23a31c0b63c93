"""Features against what came true: labels over time, box plots before a failure and otherwise, correlations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from matplotlib.figure import Figure

from predictive_maintenance.charts.canvas import OTHER, WIDTH, color_of, date_axis, panels

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""A box is drawn of these: whiskers, box and median."""


def labels(by_machine: Mapping[int, Sequence[tuple[datetime, str]]], components: Sequence[str]) -> Figure:
    """The windows before a failure, of a few machines: a row of each, a line per component."""
    figure, grid = panels(len(by_machine), 1, height=1.1, share_x=True)
    for axes, (machine, failing) in zip(grid, by_machine.items()):
        for place, comp in enumerate(components):
            times = [time for time, of_one in failing if of_one == comp]
            places = [place] * len(times)
            axes.plot(times, places, "s", markersize=4, color=color_of(comp))  # type: ignore[arg-type] # its types lack times
        axes.set_yticks(range(len(components)), components)
        axes.set_ylim(len(components) - 0.5, -0.5)
        axes.set_ylabel(f"machine {machine}", fontsize=8)
    date_axis(grid[-1])
    return figure


def boxes(by_component: Mapping[str, tuple[str, Sequence[float] | None, Sequence[float] | None]]) -> Figure:
    """A box of healthy windows beside one of those before a failure, a panel per component.

    Of each component the name of the feature and its `QUANTILES`, healthy and failing; None where there is no window.
    """
    figure, grid = panels(len(by_component), 4)
    for axes, (comp, (feature, healthy, failing)) in zip(grid, by_component.items()):
        named = {"healthy": (healthy, OTHER), f"{comp} fails": (failing, color_of(comp))}
        drawn = {label: (stats, color) for label, (stats, color) in named.items() if stats is not None}
        stats = [_box(label, quantiles) for label, (quantiles, _) in drawn.items()]
        black = {"color": "black"}
        artists = axes.bxp(stats, showfliers=False, patch_artist=True, medianprops=black, widths=0.4)
        for patch, (_, color) in zip(artists["boxes"], drawn.values()):
            patch.set_facecolor(color)
        axes.set_title(feature)
    return figure


def error_counts(by_error: Mapping[str, Mapping[str, float]]) -> Figure:
    """The mean number of each error in the day before a window, by what fails after it."""
    figure, grid = panels(len(by_error), 3, height=2.2)
    for axes, (error, means) in zip(grid, by_error.items()):
        colors = [OTHER if name == "none" else color_of(name) for name in means]
        axes.bar_label(axes.bar(list(means), list(means.values()), color=colors), fmt="{:.2f}", fontsize=8)
        axes.set_title(f"{error}: number in 24 h")
        axes.margins(y=0.15)
    return figure


def correlation(names: Sequence[str], matrix: Sequence[Sequence[float]]) -> Figure:
    """Each against each, from -1 to 1; `matrix` is in the order of `names`."""
    figure, [axes] = panels(1, 1, height=WIDTH * 0.62)
    image = axes.imshow(matrix, cmap="RdBu_r", vmin=-1, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    figure.colorbar(image, ax=axes, shrink=0.8)
    return figure


def _box(label: str, quantiles: Sequence[float]) -> dict[str, Any]:
    low, first, median, third, high = quantiles
    return {"label": label, "whislo": low, "q1": first, "med": median, "q3": third, "whishi": high}
