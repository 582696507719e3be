"""What ships with the station: models, recipes, icons, translations."""

from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files(__name__)))
