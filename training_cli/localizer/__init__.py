"""The chip localizer's trainer: boards with known corners in, a network and its card out."""
