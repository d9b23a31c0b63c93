"""Predictive maintenance in batch, on Spark and Delta: ingest, features, training and scoring."""
