"""The raw data of a plant: machines, sensors, events, and one machine's sensors over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from matplotlib.figure import Figure

from predictive_maintenance.charts.canvas import ERROR, FAILURE, MAIN, MAINT, WIDTH, bars, date_axis, panels

EVENT_COLORS = {"errors": ERROR, "maint": MAINT, "failures": FAILURE}


def ages(by_model: Mapping[str, Mapping[int, int]]) -> Figure:
    """Machines by age in years, stacked by their model."""
    figure, [axes] = panels(1, 1)
    below: dict[int, int] = {}
    for model, counts in by_model.items():
        axes.bar(list(counts), list(counts.values()), bottom=[below.get(age, 0) for age in counts], label=model)
        below |= {age: below.get(age, 0) + number for age, number in counts.items()}
    axes.set(xlabel="age in years", ylabel="machines")
    axes.legend(fontsize=8, frameon=False, ncols=4)
    return figure


def event_counts(by_table: Mapping[str, dict[str, float]]) -> Figure:
    """How often each kind of event occurred, a panel per table."""
    figure, grid = panels(len(by_table), 3)
    for axes, (title, counts) in zip(grid, by_table.items()):
        bars(axes, counts, title)
    return figure


def distributions(by_sensor: Mapping[str, tuple[Sequence[float], Sequence[int]]], units: Mapping[str, str]) -> Figure:
    """A histogram per sensor, out of the edges of its bins and their counts."""
    figure, grid = panels(len(by_sensor), 4)
    for axes, (sensor, (edges, counts)) in zip(grid, by_sensor.items()):
        axes.stairs(counts, edges, fill=True, color=MAIN)
        axes.set(title=sensor, xlabel=units[sensor])
    grid[0].set_ylabel("hours")
    return figure


def traces(
    times: Sequence[datetime],
    by_sensor: Mapping[str, Sequence[float | None]],
    units: Mapping[str, str],
    events: Sequence[tuple[datetime, str, str]] = (),
) -> Figure:
    """The sensors of one machine below each other. `events` (when, which table, what) are lines across all of them.

    A missing reading is a gap.
    """
    figure, grid = panels(len(by_sensor), 1, height=WIDTH * 0.14, share_x=True)
    for axes, (sensor, values) in zip(grid, by_sensor.items()):
        values_or_gaps = [float("nan") if value is None else value for value in values]
        axes.plot(times, values_or_gaps, color=MAIN, linewidth=0.9)  # type: ignore[arg-type] # its types lack times
        axes.set_ylabel(f"{sensor}\n{units[sensor]}", fontsize=8)
        for time, table, _ in events:
            style = "-" if table == "failures" else "--"
            axes.axvline(time, color=EVENT_COLORS[table], linestyle=style, linewidth=1.2)  # type: ignore[arg-type] # likewise
    for time, names in _by_time(events).items():
        grid[0].annotate(
            "\n".join(names),
            (time, 1),  # type: ignore[arg-type] # likewise
            xycoords=("data", "axes fraction"),
            fontsize=7,
            va="bottom",
            ha="center",
        )
    date_axis(grid[-1])
    return figure


def _by_time(events: Sequence[tuple[datetime, str, str]]) -> dict[datetime, list[str]]:
    verbs = {"errors": "", "maint": " replaced", "failures": " failed"}
    found: dict[datetime, list[str]] = {}
    for time, table, what in events:
        found.setdefault(time, []).append(f"{what}{verbs[table]}")
    return found
