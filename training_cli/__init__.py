"""Retrains the engines and exports them again. Uses torch; the station does not."""
