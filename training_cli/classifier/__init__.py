"""Fits, judges and exports classifiers of surfaces."""
