# Databricks notebook source
# MAGIC %md
# MAGIC # Java classes for the next start
# MAGIC Archives the classes that this cluster's Java has loaded.

# COMMAND ----------

import classes

if not classes.keep(spark):
    print("this Java cannot archive classes")
