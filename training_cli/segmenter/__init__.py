"""Fits, judges, compares and exports segmenters: tiles and rolled steel."""
