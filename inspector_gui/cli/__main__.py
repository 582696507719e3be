"""`python -m inspector_gui.cli`."""

from inspector_gui.cli.app import main

main()
