"""People made up for a rule: who meets what it asks, and who is different by a little. The engine says what each comes to."""
