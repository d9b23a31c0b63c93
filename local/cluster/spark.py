"""The one Spark session of a laptop run and of the tests: the runtime's Spark with Delta, sized for a laptop."""

from pathlib import Path

from pyspark.sql import SparkSession

RUNTIME = Path(__file__).resolve().parents[2] / ".runtime"


def start(warehouse: Path, *, memory: str = "2g", app: str = "local-cluster") -> SparkSession:
    """Starts Spark in this process; managed tables live under `warehouse`, landing blobs are read from Azurite."""
    jars = ",".join(str(jar) for jar in sorted((RUNTIME / "jars").glob("*.jar")))
    settings = {
        "spark.jars": jars,
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.warehouse.dir": str(warehouse),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.databricks.delta.snapshotPartitions": "2",
        "spark.hadoop.fs.azure.storage.emulator.account.name": "devstoreaccount1",
        "spark.driver.memory": memory,
        "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Duser.timezone=UTC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[*]").appName(app)
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark
