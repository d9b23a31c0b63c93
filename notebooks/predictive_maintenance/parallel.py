"""Several small writes at once: planning a MERGE takes the driver longer than running it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from pyspark.sql import SparkSession
from pyspark.util import inheritable_thread_target


def in_parallel(spark: SparkSession, writes: Sequence[Callable[[], None]]) -> None:
    """Runs `writes` at the same time and waits for all; raises the failure of the first that failed, in their order.

    Their Spark jobs belong to the caller's job group, so that they are cancelled with it.
    """
    inherited = inheritable_thread_target(spark)
    with ThreadPoolExecutor(max_workers=max(1, len(writes))) as threads:
        running = [threads.submit(inherited(write)) for write in writes]
    for write in running:
        write.result()
