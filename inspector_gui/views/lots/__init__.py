"""Lots: opened, closed and changed over on Live, looked through and signed on their own page."""
