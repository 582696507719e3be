"""The part that has just been judged, and how the line does."""
