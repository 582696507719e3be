"""The entry: the application, or a headless station and its record tools."""

from inspector_gui.cli.app import main

if __name__ == "__main__":
    main()
