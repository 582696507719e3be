"""Wires window, controller and Qt together."""

from __future__ import annotations

import signal
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

import resources
from inspector_gui.controller import StationController

CLOSE_S = 3.0
