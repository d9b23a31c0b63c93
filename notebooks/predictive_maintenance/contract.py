"""What the notebooks share with settings, pipelines, report and operations.

Written by `npm run contract` from `contract/`: change it there.
"""

from typing import Final, Literal, TypedDict

COMPONENTS: Final = ("comp1", "comp2", "comp3", "comp4")
SENSORS: Final = ("volt", "rotate", "pressure", "vibration")
ERRORS: Final = ("error1", "error2", "error3", "error4", "error5")
PLAUSIBLE: Final = {
    "volt": (95, 260, "V"),
    "rotate": (130, 700, "rpm"),
    "pressure": (50, 190, "psi"),
    "vibration": (14, 80, "mm/s"),
}
SIGNS: Final = {
    "comp1": ("volt", 21, ("error1",)),
    "comp2": ("rotate", -81, ("error2", "error3")),
    "comp3": ("pressure", 26, ("error4",)),
    "comp4": ("vibration", 10, ("error5",)),
}
SENSOR_HOURS: Final = (3, 12, 24, 36)
ERROR_HOURS: Final = (24, 48)
LANDED: Final = {
    "machines": ("machineID", "model", "age"),
    "telemetry": ("datetime", "machineID", "volt", "rotate", "pressure", "vibration"),
    "errors": ("datetime", "machineID", "errorID"),
    "maint": ("datetime", "machineID", "comp"),
    "failures": ("datetime", "machineID", "failure"),
}
NONE: Final = "none"
SEPARATOR: Final = "|"
SCORED: Final = "scored"
COMPARED: Final = "compared"
NO_CHAMPION: Final = "no champion yet: what is new waits until training has made one"
MOST_NEW_WORK: Final = 100
WINDOW_HOURS: Final = 12
ALL_WINDOW_HOURS: Final = (1, 3, 4, 6, 12)
MODELS: Final = ("RandomForest", "DecisionTree", "GBT")
HORIZONS: Final = (12, 24, 48, 72)
COSTS: Final = {
    "comp1": {"failure": 10000, "intervention": 2000, "inspection": 1000},
    "comp2": {"failure": 10000, "intervention": 2000, "inspection": 1000},
    "comp3": {"failure": 10000, "intervention": 2000, "inspection": 1000},
    "comp4": {"failure": 10000, "intervention": 2000, "inspection": 1000},
}
MOST_COST: Final = 1000000000
LEAST_LOOK_BACK_DAYS: Final = 1
AHEAD_HOURS: Final = 24
MOST_AHEAD_HOURS: Final = 8760
LEAST_RETENTION_DAYS: Final = 7
FARTHEST_LIMIT: Final = 10000


class IngestExit(TypedDict):
    files: int
    rows: int
    quarantined: int
    start_date: str
    to_date: str


class FeatureEngineeringExit(TypedDict):
    rows: int
    start_date: str
    to_date: str


class Tenth(TypedDict):
    said: float
    failed: float
    windows: int


class AtHorizon(TypedDict):
    hours: int
    brier: float | None
    calibration_error: float | None
    reliability: list[Tenth]


class Estimate(TypedDict):
    value: float
    low: float
    high: float


class Costs(TypedDict):
    model: Estimate
    fixed: Estimate
    rule: Estimate
    rhythm: Estimate
    run_to_failure: Estimate


class Savings(TypedDict):
    fixed: Estimate
    rule: Estimate
    rhythm: Estimate
    run_to_failure: Estimate


class ComponentMetrics(TypedDict):
    precision: float | None
    recall: float | None
    f1: float | None
    pr_auc: float | None
    brier: float | None
    calibration_error: float | None
    horizons: list[AtHorizon]
    positives: int
    threshold: float
    failures: int
    warned: int
    false_alarms: int
    false_alarms_per_machine_month: float | None
    cost: float | None
    cost_fixed: float | None
    cost_rule: float | None
    cost_rhythm: float | None
    cost_run_to_failure: float | None
    rhythm_days: int | None


class Metrics(TypedDict):
    macro_f1: float | None
    rule_macro_f1: float | None
    costs: Costs | None
    savings: Savings | None
    comp1: ComponentMetrics
    comp2: ComponentMetrics
    comp3: ComponentMetrics
    comp4: ComponentMetrics


class NoMetrics(TypedDict):
    pass


class TrainedExit(TypedDict):
    model_version: str
    promoted: bool
    reason: str
    evidence: str
    metrics: Metrics
    trained_from: str
    trained_to: str
    test_from: str
    test_to: str


class UntrainedExit(TypedDict):
    model_version: Literal[""]
    promoted: Literal[False]
    reason: str
    metrics: NoMetrics


class WorkItem(TypedDict):
    machineID: int
    component: str
    since: str
    until: str
    probability: float
    cost_at_stake: float
    why: list[str]


class ScoringExit(TypedDict):
    rows: int
    alerts: int
    model_version: str
    status: Literal["scored", "compared", "no champion yet: what is new waits until training has made one"]
    freshness_p95_seconds: float | None
    new_work: list[WorkItem]
    new_work_count: int


class UpkeepExit(TypedDict):
    tables: int
    optimized: int
    vacuumed: int


class Prediction(TypedDict):
    machineID: int
    window_end: str
    prob_comp1: float
    prob_comp2: float
    prob_comp3: float
    prob_comp4: float
    predicted: str


class VerificationExit(TypedDict):
    predictions: list[Prediction]
    windows: int
    cleared: int
