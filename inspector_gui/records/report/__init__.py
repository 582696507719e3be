"""A lot's report as PDF, to be printed, signed and kept."""
