"""What a model says of each window: its probabilities, and which components it warns of."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, NONE, SEPARATOR
from predictive_maintenance.tables import WITHIN
from predictive_maintenance.training.model import Model

PROBABILITIES = (*(f"prob_{comp}" for comp in COMPONENTS), *WITHIN)
SAID = (*PROBABILITIES, "predicted")


def predict(model: Model, features: DataFrame) -> DataFrame:
    """machineID, window_end, month, the probabilities of each component, and `predicted`: none, comp1, comp1|comp3."""
    warned = F.concat_ws(SEPARATOR, *(F.when(F.col(f"warns_{comp}"), comp) for comp in COMPONENTS))
    return model.transform(features).select(
        "machineID",
        "window_end",
        "month",
        *PROBABILITIES,
        F.when(warned == "", NONE).otherwise(warned).alias("predicted"),
    )
