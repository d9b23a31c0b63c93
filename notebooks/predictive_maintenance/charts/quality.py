"""How good a model is: precision-recall curves, the one-line rule beside it, what it looks at, its failure events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from predictive_maintenance.charts.canvas import FAILURE, MAIN, OTHER, color_of, panels
from predictive_maintenance.contract import AtHorizon
from predictive_maintenance.quality.evaluation import STEPS, Bin, curve, quality
from predictive_maintenance.quality.events import EventQuality

FIGURES = ("precision", "recall", "f1")
MOST_IMPORTANT = 10
SHADES = (1.0, 0.75, 0.5, 0.35, 0.2)
"""Of the horizons, the nearest first; a model has five at most."""
LEAST_RATE = 0.01
"""The scale of false alarms per machine and month when there are hardly any."""


def precision_recall(counted: Mapping[str, Sequence[Bin]], thresholds: Mapping[str, float] | None = None) -> Figure:
    """A curve per component with what its decisions come to marked on it; `thresholds` are written beside the mark."""
    figure, grid = panels(len(counted), 4)
    for axes, (comp, bins) in zip(grid, counted.items()):
        its, points = quality(bins), curve(bins)
        axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.05), xlabel="recall", ylabel="precision")
        if not points:
            axes.set_title(f"{comp}: no failure")
            continue
        recalls, precisions = zip(*points)
        axes.step([0, *recalls], [precisions[0], *precisions], where="pre", color=color_of(comp))
        axes.set_title(f"{comp}: PR-AUC {its['pr_auc']:.3f}")
        if its["recall"] is not None and its["precision"] is not None:
            said = f"threshold {thresholds[comp]:.3f}" if thresholds else "decisions"
            axes.plot(its["recall"], its["precision"], "o", color=FAILURE, label=f"{said}: F1 {its['f1']:.3f}")
            axes.legend(loc="lower left", fontsize=8, frameon=False)
    return figure


def model_beside_rule(model: Mapping[str, Mapping[str, Any]], rule: Mapping[str, Mapping[str, Any]]) -> Figure:
    """Precision, recall and F1 (as `evaluation.quality` has them) of each component, of the model and of the rule.

    What is undefined has no bar.
    """
    figure, grid = panels(len(FIGURES), 3)
    for axes, name in zip(grid, FIGURES):
        for offset, (label, source, color) in enumerate((("model", model, MAIN), ("rule", rule, OTHER))):
            places = [place + 0.4 * offset for place in range(len(source))]
            heights = [of_one[name] if of_one[name] is not None else float("nan") for of_one in source.values()]
            axes.bar_label(axes.bar(places, heights, 0.38, label=label, color=color), fmt="{:.2f}", fontsize=7)
        axes.set_xticks([place + 0.2 for place in range(len(model))], list(model))
        axes.set(ylim=(0, 1.1), title="F1" if name == "f1" else name)
    figure.legend(*grid[0].get_legend_handles_labels(), loc="outside right upper", fontsize=8, frameon=False)
    return figure


def importances(by_component: Mapping[str, Mapping[str, float]], most: int = MOST_IMPORTANT) -> Figure:
    """The `most` important inputs of each component's trees; the importances of one component sum to 1."""
    figure, grid = panels(len(by_component), 2, height=0.8 + 0.24 * most)
    for axes, (comp, weights) in zip(grid, by_component.items()):
        first = sorted(weights.items(), key=lambda named: -named[1])[:most]
        axes.barh([name for name, _ in first], [weight for _, weight in first], color=color_of(comp))
        axes.invert_yaxis()
        axes.set_title(comp)
    return figure


def reliability(by_component: Mapping[str, Sequence[AtHorizon]]) -> Figure:
    """What was said of each component against what failed, by tenths and horizon; on the line they are the same."""
    figure, grid = panels(len(by_component), 4)
    for axes, (comp, horizons) in zip(grid, by_component.items()):
        axes.plot([0, 1], [0, 1], "--", color=OTHER, linewidth=1)
        for shade, at in zip(SHADES, horizons):
            tenths = at["reliability"]
            said, failed = [tenth["said"] for tenth in tenths], [tenth["failed"] for tenth in tenths]
            axes.plot(said, failed, "o", color=color_of(comp), alpha=shade, markersize=4, label=f"{at['hours']} h")
        axes.set(title=comp, xlim=(-0.02, 1.02), ylim=(-0.02, 1.05), xlabel="said")
        axes.legend(fontsize=8, frameon=False)
    grid[0].set_ylabel("failed")
    return figure


def failure_events(by_component: Mapping[str, EventQuality]) -> Figure:
    """Failures that were warned of and missed, and false alarms per machine and month."""
    figure, (failures, alarms) = panels(2, 2)
    names = list(by_component)
    warned = [its.warned for its in by_component.values()]
    missed = [its.failures - its.warned for its in by_component.values()]
    failures.bar_label(failures.bar(names, warned, label="warned in time", color=MAIN), label_type="center", color="w")
    top = failures.bar(names, missed, bottom=warned, label="missed", color=FAILURE)
    failures.bar_label(top, [f"{number} missed" if number else "" for number in missed], fontsize=8)
    failures.set_title("failures")
    failures.margins(y=0.2)
    failures.yaxis.get_major_locator().set_params(integer=True)  # type: ignore[call-arg] # the usual one, MaxNLocator, has it
    failures.legend(fontsize=8, frameon=False, ncols=2, loc="upper right")
    rates = [its.false_alarms_per_machine_month or 0.0 for its in by_component.values()]
    alarms.bar_label(alarms.bar(names, rates, color=[color_of(name) for name in names]), fmt="{:.3f}", fontsize=8)
    alarms.set_title("false alarms per machine and month")
    alarms.set_ylim(0, max(*rates, LEAST_RATE) * 1.2)
    return figure


def probabilities(counted: Mapping[str, Sequence[Bin]]) -> Figure:
    """How often each probability was said, of windows before a failure and of healthy ones; counts on a log scale."""
    figure, grid = panels(len(counted), 4)
    edges = [step / 20 for step in range(21)]
    for axes, (comp, bins) in zip(grid, counted.items()):
        scores = [bin.score / STEPS for bin in bins]
        for label, weights, color in (
            ("healthy", [bin.healthy for bin in bins], OTHER),
            ("before a failure", [bin.failing for bin in bins], color_of(comp)),
        ):
            axes.hist(scores, edges, weights=weights, label=label, color=color, alpha=0.8, log=True)
        axes.set(title=comp, xlabel="probability")
        axes.legend(fontsize=8, frameon=False)
    grid[0].set_ylabel("windows")
    return figure
