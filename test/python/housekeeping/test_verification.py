"""Verification: what was predicted of the known plant is told once, and nothing of it stays."""

import pytest

from predictive_maintenance.housekeeping.verification import verification
from predictive_maintenance.registry.registry import Registry

MODEL = "spark_catalog.verification.predictive_maintenance"


@pytest.fixture(autouse=True)
def registry_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", (tmp_path / "runs").as_uri())


@pytest.fixture
def client():
    import mlflow

    return mlflow.MlflowClient()


@pytest.fixture
def run(client) -> str:
    """Id of the run that made the only version of the model."""
    made = client.create_run("0").info
    client.create_registered_model(MODEL)
    client.create_model_version(MODEL, source=made.artifact_uri, run_id=made.run_id)
    return made.run_id


@pytest.fixture
def predicted(spark):
    """A schema with predictions, a view on them and another table."""
    spark.sql("CREATE SCHEMA IF NOT EXISTS verification")
    spark.sql(
        "CREATE OR REPLACE TABLE verification.predictions USING DELTA AS SELECT * FROM VALUES "
        "(2, timestamp'2015-01-01 12:00:00Z', 0.25D, 0.0D, 0.0D, 0.12345678D, 'none'), "
        "(1, timestamp'2015-01-02 00:00:00Z', 1.0D, 0.0D, 0.0D, 0.0D, 'comp1') "
        "AS t(machineID, window_end, prob_comp1, prob_comp2, prob_comp3, prob_comp4, predicted)"
    )
    spark.sql("CREATE OR REPLACE VIEW verification.current_predictions AS SELECT * FROM verification.predictions")
    spark.sql("CREATE OR REPLACE TABLE verification.telemetry (machineID int) USING DELTA")
    yield
    spark.sql("DROP SCHEMA verification CASCADE")


def tables(spark):
    """How many tables and views the schema has; temporary ones are in every schema."""
    return spark.sql("SHOW TABLES IN verification").where("NOT isTemporary").count()


def verified(spark, action, **widgets):
    usual = {"catalog": "spark_catalog", "schema": "verification", "results_data": "predictions", "model_name": MODEL}
    return verification(spark, action=action, **usual | widgets)


def test_report_tells_every_window_in_order_and_leaves_nothing(spark, predicted):
    told = verified(spark, "report")
    assert told["windows"] == 2
    assert told["predictions"][0] == {
        "machineID": 1,
        "window_end": "2015-01-02T00:00:00Z",
        "prob_comp1": 1.0,
        "prob_comp2": 0.0,
        "prob_comp3": 0.0,
        "prob_comp4": 0.0,
        "predicted": "comp1",
    }
    assert told["predictions"][1]["prob_comp4"] == 0.123457
    assert tables(spark) == 0


def test_a_second_report_says_that_there_is_nothing_to_tell(spark, predicted):
    verified(spark, "report")
    with pytest.raises(ValueError, match="nothing was predicted"):
        verified(spark, "report")


def test_clear_forgets_without_telling_and_once_more_changes_nothing(spark, predicted):
    assert verified(spark, "clear") == {"predictions": [], "windows": 0, "cleared": 3}
    assert verified(spark, "clear")["cleared"] == 0


def test_there_is_nothing_to_clear_in_a_schema_that_is_not_there(spark):
    assert verified(spark, "clear")["cleared"] == 0


@pytest.mark.parametrize(
    "widgets",
    [
        {"schema": "predictive_maintenance"},
        {"model_name": "spark_catalog.predictive_maintenance.predictive_maintenance"},
        {"model_name": "verification"},
    ],
)
def test_the_tables_and_the_model_of_the_environment_are_never_cleared(spark, predicted, widgets):
    with pytest.raises(ValueError, match="expected verification, and a model in it"):
        verified(spark, "clear", **widgets)
    assert tables(spark) == 3


def test_another_action_is_refused(spark, predicted):
    with pytest.raises(ValueError, match="action is 'drop': expected clear or report"):
        verified(spark, "drop")
    assert tables(spark) == 3


def test_its_model_is_forgotten_with_its_versions_and_their_runs(spark, client, run):
    Registry(MODEL).forget()
    assert client.search_registered_models(f"name = '{MODEL}'") == []
    assert client.get_run(run).info.lifecycle_stage == "deleted"
    Registry(MODEL).forget()


def test_what_ends_while_it_forgets_leaves_no_run_behind(spark, client, run, monkeypatch):
    import mlflow

    def unreachable(*_):
        raise ConnectionError

    for step in ("delete_model_version", "delete_run"):
        with monkeypatch.context() as broken:
            broken.setattr(mlflow.MlflowClient, step, unreachable)
            with pytest.raises(ConnectionError):
                Registry(MODEL).forget()
    Registry(MODEL).forget()
    assert client.get_run(run).info.lifecycle_stage == "deleted"
    assert client.search_registered_models(f"name = '{MODEL}'") == []
