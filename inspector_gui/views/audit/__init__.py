"""Who did what, and what befell the line: searched, looked at and exported."""
