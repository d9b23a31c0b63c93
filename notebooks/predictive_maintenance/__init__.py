"""Predictive maintenance in batch: ingest, features, training and scoring on Spark and Delta, one code on Databricks and on a laptop."""
