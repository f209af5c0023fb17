"""What can be written in a rule, as data."""
