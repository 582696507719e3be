"""The record: what was judged, when, by which model, and that nobody changed it since. No Qt."""
