"""Several small jobs at once: planning one takes the driver longer than running it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pyspark.sql import SparkSession
from pyspark.util import inheritable_thread_target

T = TypeVar("T")


def in_parallel(spark: SparkSession, jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Runs `jobs` at the same time and waits for all; raises the failure of the first that failed, in their order.

    Their Spark jobs belong to the caller's job group, so that they are cancelled with it.
    """
    inherited = inheritable_thread_target(spark)
    with ThreadPoolExecutor(max_workers=max(1, len(jobs))) as threads:
        running = [threads.submit(inherited(job)) for job in jobs]
    return [job.result() for job in running]
