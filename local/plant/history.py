"""What happens to one machine: its component replacements, failures and errors, and where its sensors shift.

Times are whole hours since `START` (UTC); negative ones lie in the maintenance log's months before it. Rates are those
of Microsoft's hundred-machine set of 2015 (Predictive Maintenance Modelling Guide).
"""

from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from description import COMPONENTS, ERRORS, MODELS
from new_model import NAME, NO_NEW_MODEL, WEAR, NewModel

START = datetime(2015, 1, 1)
LOG_START = -214 * 24  # 2014-06-01
HOURS_PER_YEAR = 8766

# A component fails at one of the visits that come every 15 days, the likelier the longer ago it was replaced.
VISIT_DAYS, VISIT_HOUR = 15, 6
FAILURE_RATE = np.array([risk for *_, risk in COMPONENTS.values()])
SOUND_DAYS = 30
TOGETHER = 0.4  # of two components that are about to fail, the second does so at the same visit
# A few components had failed when the record begins: no error announces these, and no row of the maintenance log.
FIRST_FAILURES, FIRST_FAILURE_HOUR = 18 / 400, 27
# Of five visits without a failure, one changes nothing; after a failure one more component is changed now and then.
SCHEDULED = np.cumsum([0.19, 0.48, 0.33])
SCHEDULED_AFTER_FAILURE = np.cumsum([0.72, 0.28, 0.0])

# Before a failure one sensor shifts and errors come; sensors also shift without one, errors also come alone.
WARNING_HOURS, ERROR_HOURS = 48, 24
ERRORS_OF = [[[*ERRORS].index(error) for error in errors] for _, _, errors, _ in COMPONENTS.values()]
MOST_ERRORS = max(map(len, ERRORS_OF))
ERROR_GIVEN = 0.998
SHIFTS_WITHOUT_FAILURE = 5 / HOURS_PER_YEAR
ERRORS_ALONE = np.array([*ERRORS.values()]) / HOURS_PER_YEAR


class Machine(NamedTuple):
    id: int
    model: str
    age: int
    begins: int = 0
    """Its first hour at work; later than `START` for a machine of a new model, which has no past."""


class History(NamedTuple):
    """Events as (hour, index) pairs in order of time; `shifted` is (hours, components): whether its sensor is."""

    maint: list[tuple[int, int]]
    failures: list[tuple[int, int]]
    errors: list[tuple[int, int]]
    shifted: npt.NDArray[np.bool_]


def machine(seed: int, id: int, new_model: NewModel = NO_NEW_MODEL) -> Machine:
    if new_model.has(id):
        return Machine(id, NAME, age=0, begins=24 * new_model.begins)
    random = np.random.default_rng([seed, id, 0])
    model = str(random.choice(list(MODELS), p=[share for share, _ in MODELS.values()]))
    return Machine(id, model, int(random.integers(0, 21)))


def history(seed: int, of: Machine, hours: int) -> History:
    """The same for every number of hours as far as it goes: a longer history begins with the shorter one."""
    # A failure shows before it happens: those just after the end are needed too.
    maint, failures = _visits(np.random.default_rng([seed, of.id, 1]), of, hours + WARNING_HOURS + VISIT_HOUR)
    random = np.random.default_rng([seed, of.id, 2])
    drawn = random.random((hours, len(COMPONENTS) + len(ERRORS_ALONE)))
    error = drawn[:, len(COMPONENTS) :] < ERRORS_ALONE
    shifted = np.zeros((hours, len(COMPONENTS)), dtype=bool)
    for hour, component in np.argwhere(drawn[:, : len(COMPONENTS)] < SHIFTS_WITHOUT_FAILURE):
        shifted[hour : hour + WARNING_HOURS, component] = True
    given = np.random.default_rng([seed, of.id, 3])
    for hour, component in failures:
        shifted[max(0, hour - WARNING_HOURS) : hour + 1, component] = True
        for kind, draw in zip(ERRORS_OF[component], given.random(MOST_ERRORS)):
            if draw < ERROR_GIVEN and 0 <= hour - ERROR_HOURS < hours:
                error[hour - ERROR_HOURS, kind] = True
    return History(
        [event for event in maint if event[0] < hours],
        [event for event in failures if event[0] < hours],
        [(int(hour), int(kind)) for hour, kind in np.argwhere(error) if hour >= of.begins],
        shifted,
    )


def _visits(random: np.random.Generator, of: Machine, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    wear = FAILURE_RATE * (WEAR if of.begins else MODELS[of.model][1]) * (0.7 + 0.03 * of.age)
    first = LOG_START + 24 * int(random.integers(0, VISIT_DAYS)) + VISIT_HOUR
    visits = range(first, end, 24 * VISIT_DAYS)
    earlier = [hour for hour in visits if hour < of.begins]
    maint: list[tuple[int, int]] = []
    failures: list[tuple[int, int]] = []
    if of.begins:
        replaced = np.full(len(COMPONENTS), of.begins)
    else:
        # Until START the log holds one replacement of every component.
        replaced = np.array([earlier[i] for i in random.integers(0, len(earlier), len(COMPONENTS))])
        maint = sorted((int(hour), component) for component, hour in enumerate(replaced))
        failures = [(FIRST_FAILURE_HOUR, int(c)) for c in np.flatnonzero(random.random(len(wear)) < FIRST_FAILURES)]
    for hour in visits[len(earlier) :]:
        chances, order, (together, amount) = (random.random(size) for size in (len(wear), len(wear), 2))
        days = (hour - replaced) / 24
        risk = wear * np.clip((days - SOUND_DAYS) / 60, 0, 3)
        failing = [int(c) for c in np.argsort(chances / np.maximum(risk, 1e-9)) if chances[c] < risk[c]]
        failing = failing[: 2 if together < TOGETHER else 1]
        healthy = [int(c) for c in np.argsort(order) if c not in failing]
        scheduled = healthy[: int(np.searchsorted(SCHEDULED_AFTER_FAILURE if failing else SCHEDULED, amount))]
        failures += [(hour, c) for c in sorted(failing)]
        maint += [(hour, c) for c in sorted([*failing, *scheduled])]
        replaced[[*failing, *scheduled]] = hour
    return maint, sorted(failures)
