"""What each scoring run leaves to be watched: rows, alerts, drift against the training, realised quality."""
