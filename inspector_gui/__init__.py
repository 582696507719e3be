"""The inspection station: acquisition, inspection and records without Qt, and the window over them."""

__version__ = "0.1.0"
