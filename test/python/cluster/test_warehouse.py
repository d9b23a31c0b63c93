from pathlib import Path

from warehouse import register_tables


def test_a_table_of_an_earlier_run_is_there_again_and_its_files_go_when_it_is_dropped(
    spark, schema: str, tmp_path: Path
) -> None:
    folder = tmp_path / f"{schema}.db" / "readings"
    spark.range(3).write.format("delta").save(str(folder))
    register_tables(spark, tmp_path)
    assert spark.table(f"{schema}.readings").count() == 3
    spark.sql(f"DROP TABLE {schema}.readings")
    assert not folder.exists()


def test_a_table_that_was_killed_before_its_first_commit_is_forgotten(spark, schema: str, tmp_path: Path) -> None:
    folder = tmp_path / f"{schema}.db" / "readings"
    (folder / "_delta_log").mkdir(parents=True)
    register_tables(spark, tmp_path)
    assert not folder.exists()
    assert not spark.catalog.tableExists(f"{schema}.readings")
