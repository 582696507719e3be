"""Rendered parts with known defects, for the simulated line, for training and for tests.

A product is one `Renderer` in `line.RENDERERS`; everything else works on any of them.
"""
