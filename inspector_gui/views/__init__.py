"""One view per task, and what they need of the station."""
