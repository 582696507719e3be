"""The inspection station: cameras, engines and records without Qt, and the window over them."""

__version__ = "0.1.0"
