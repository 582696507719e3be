"""Signing in, at the window."""
