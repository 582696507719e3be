"""The command `inspector`: the window, and everything it can do without one."""
