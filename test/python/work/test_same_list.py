"""The list follows from the tables: the order, the number and the overlap of the runs that made it do not show."""

from __future__ import annotations

import random
from collections.abc import Sequence

from small_work import Crew

from predictive_maintenance.work.work_list import WorkList

MACHINES, WINDOWS = range(1, 13), 40
Part = tuple[int, int]
"""Windows from the one to before the other."""


def deliver(crew: Crew, parts: Sequence[Part], events: int) -> Crew:
    """The same random plant of every crew, scored part after part; of so many parts before the last of them the events
    land with the last."""
    chance = random.Random(4)
    marks = {machine: "".join(chance.choices("!. ", (2, 6, 1), k=WINDOWS)) for machine in MACHINES}
    maintained = [(machine, chance.randrange(0, 4 * WINDOWS) / 4) for machine in MACHINES for _ in range(4)]
    failed = [(machine, chance.randrange(0, 4 * WINDOWS) / 4) for machine in MACHINES for _ in range(3)]
    waiting: list[Part] = []
    for place, (first, last) in enumerate(parts):
        waiting.append((first, last))
        for machine in MACHINES:
            crew.predicted(machine, marks[machine][first:last], first)
        if place >= events:
            for since, until in waiting:
                for happened, add in ((maintained, crew.maintained), (failed, crew.failed)):
                    for machine, at in happened:
                        if since - 1 < at <= until - 1 or (at > WINDOWS - 1 and until == WINDOWS):
                            add(machine, at)
            waiting = []
        crew.scored(f"run {place}")
    return crew


def stated(crew: Crew) -> list[tuple]:
    """The list without the runs that wrote it."""
    return [tuple(row)[:-1] for row in crew.items()]


def test_runs_in_order_or_in_any_order_make_the_list_that_one_run_makes(spark, schema: str, module_schema: str):
    at_once = stated(deliver(Crew(spark, schema), [(0, WINDOWS)], events=0))
    assert {row[5] for row in at_once} == {None, "confirmed", "prevented", "false", "missed"}
    assert max(len(row[-1]) for row in at_once) > 1
    parts = [(0, 13), (13, 14), (14, 27), (27, 28), (28, WINDOWS)]
    shuffled = [parts[place] for place in (2, 0, 4, 3, 1)]
    later = Crew(spark, module_schema)
    assert stated(deliver(later, shuffled, events=2)) == at_once

    listed = later.items()
    assert deliver(later, [], events=0).items() == listed
    later.predicted(1, ".", WINDOWS + 20).scored("nothing new")
    assert [row for row in later.items() if row.machineID != 1] == [row for row in listed if row.machineID != 1]


def test_of_two_runs_at_once_the_one_that_reads_last_counts(spark, schema: str, monkeypatch):
    crew = Crew(spark, schema).predicted(1, "..!.").predicted(2, "..!.")
    crew.scored("before")
    interrupted, look = [], WorkList.look

    def another_run_between(self: WorkList, windows):
        seen = look(self, windows)
        if not interrupted:
            interrupted.append(self.run_id)
            # It scores the same windows, with what has landed by then, and is done before this one writes.
            Crew(spark, schema).failed(1, 3.5).failed(2, 3.5).predicted(1, "..", 4).predicted(2, "..", 4).scored(
                "quick"
            )
        return seen

    monkeypatch.setattr(WorkList, "look", another_run_between)
    crew.predicted(1, "!", 3, version="2").scored("slow")
    assert interrupted == ["slow"]
    assert crew.told(1) == ["2-5 closed confirmed"]
    assert crew.told(2) == ["2-4 closed confirmed"]
