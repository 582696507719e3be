"""What the record holds: searched, looked at and exported."""
