"""The registered model in MLflow: its versions, their aliases, and what was logged with them."""
