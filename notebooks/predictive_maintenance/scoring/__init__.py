"""From features to predictions, by the champion."""
