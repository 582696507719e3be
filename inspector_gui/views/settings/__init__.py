"""The station's settings."""
