"""What did not pass, looked at and decided by people."""
