"""Another plant, described in `examples/milling/`, goes through the same notebooks."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import ROOT, new_schema

sys.path.insert(0, str(ROOT / "examples" / "milling"))
from convert import convert

SENSORS = ["air_temperature", "process_temperature", "rotational_speed", "torque", "tool_wear"]
COMPONENTS = ["twf", "hdf", "pwf", "osf"]
HORIZON = timedelta(hours=24)
LAND = """
import { mkdirSync, writeFileSync } from "node:fs";
import { knownPlant } from "./operations/verify/known-plant";

for (const [table, text] of Object.entries(knownPlant())) {
  mkdirSync(`landing/${table}/history`, { recursive: true });
  writeFileSync(`landing/${table}/history/${table}.csv`, text);
}
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what `contract/plant.ts` shapes, after its one line has changed, and files of its known plant."""
    folder = tmp_path_factory.mktemp("milling")
    for part in ("contract", "command-line", "examples", "notebooks", "operations/verify", "local/plant"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / "contract" / "plant.ts").write_text('export { PLANT } from "../examples/milling/plant";\n')
    (folder / "land.ts").write_text(LAND)
    for program in ("contract/main.ts", "land.ts"):
        subprocess.run(["node", ROOT / "node_modules/tsx/dist/cli.mjs", program], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def schema(spark) -> str:
    return new_schema(spark)


@pytest.fixture(scope="module")
def exits(spark, mlflow_runs, copy: Path, schema: str) -> list[dict]:
    """What the notebooks of scoring and training end with."""
    import spark as cluster

    at = {"catalog": "spark_catalog", "schema": schema}
    features = {**at, "features_table": "features"}
    model = {"model_name": "spark_catalog.milling.predictive_maintenance"}
    found = {"start_date": "$start_date", "to_date": "$to_date"}
    learning = {"model": "DecisionTree", "horizon_hours": "24", "run_id": "one"}
    notebooks = {
        "ingest": {**at, "landing_root": str(copy / "landing"), "run_id": "one"},
        "feature_engineering": {**features, **found, "run_id": "one"},
        "training": {**features, **model, **learning, "start_date": "", "to_date": ""},
        "scoring": {**features, **model, **found, "results_data": "predictions", "run_id": "one"},
    }
    asked = [(str(copy / "notebooks" / f"{name}.py"), parameters) for name, parameters in notebooks.items()]
    ended = subprocess.run(
        [sys.executable, Path(__file__).with_name("run_notebooks.py")],
        input=json.dumps({"gateway": cluster.gateway(spark), "notebooks": asked}),
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(copy / "notebooks"), str(ROOT / "local" / "cluster")])},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout.splitlines()[-1])


def test_its_rows_are_taken_in_as_its_description_says(spark, exits: list[dict], schema: str):
    ingested = exits[0]
    assert (ingested["files"], ingested["quarantined"]) == (5, 0)
    telemetry = spark.table(f"spark_catalog.{schema}.telemetry")
    assert telemetry.columns == ["datetime", "machineID", *SENSORS, "month", "landed_at"]
    assert "tool_wear_mean_48h" in spark.table(f"spark_catalog.{schema}.features").columns


def test_its_components_have_figures_and_its_failures_are_warned_of(spark, exits: list[dict], schema: str):
    training, scoring = exits[2:]
    assert [name for name in training["metrics"] if name in COMPONENTS or name.startswith("comp")] == COMPONENTS
    assert scoring["status"] == "scored" and scoring["alerts"] > 0
    predictions = spark.table(f"spark_catalog.{schema}.predictions")
    assert [name for name in predictions.columns if name.startswith("prob_")][:4] == [f"prob_{c}" for c in COMPONENTS]
    warnings = [row for row in predictions.collect() if row.predicted != "none"]
    failures = spark.table(f"spark_catalog.{schema}.failures").collect()
    assert {row.failure for row in failures} == {*COMPONENTS}
    for failed in failures:
        in_time = [
            row
            for row in warnings
            if row.machineID == failed.machineID and failed.datetime - HORIZON <= row.window_end < failed.datetime
        ]
        assert any(failed.failure in row.predicted.split("|") for row in in_time)
    reasons = [reason.text for row in warnings for reason in row.reasons]
    assert any(text.startswith("torque ") and " Nm above its usual " in text for text in reasons)


def test_a_wide_file_becomes_the_five_files_that_land(copy: Path, tmp_path: Path):
    names = ["Time", "Machine", "Age", "Type", "Air temperature [K]", "Process temperature [K]"]
    names += ["Rotational speed [rpm]", "Torque [Nm]", "Tool wear [min]", "TWF", "HDF", "PWF", "OSF", "RNF"]
    rows = [
        ["2024-01-01 00:00:00", "1", "4", "M", "298.1", "308.6", "1551", "42.8", "210", "0", "0", "0", "0", "0"],
        ["2024-01-01 01:00:00", "1", "4", "M", "298.2", "308.7", "1408", "46.3", "3", "0", "0", "0", "0", "1"],
        ["2024-01-01 02:00:00", "1", "4", "M", "298.1", "308.5", "1498", "49.4", "5", "0", "1", "0", "1", "0"],
    ]
    with open(tmp_path / "wide.csv", "w", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    convert(tmp_path / "wide.csv", tmp_path)
    files = {path.stem.removeprefix("PdM_"): path.read_text().splitlines() for path in tmp_path.glob("PdM_*.csv")}
    landed = {path.parents[1].name: path.read_text().splitlines()[0] for path in copy.glob("landing/*/*/*.csv")}
    assert {table: lines[0] for table, lines in files.items()} == landed
    assert files["telemetry"][1] == "2024-01-01 00:00:00,1,298.1,308.6,1551,42.8,210"
    assert files["machines"][1:] == ["1,M,4"]
    assert files["failures"][1:] == ["2024-01-01 02:00:00,1,hdf", "2024-01-01 02:00:00,1,osf"]
    assert files["maint"][1:] == ["2024-01-01 01:00:00,1,twf", *files["failures"][1:]]
    assert files["errors"][1:] == []
