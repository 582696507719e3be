"""From frames to committed verdicts: recipes and the station. No Qt."""
