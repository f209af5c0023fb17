"""Trying rules out: cases with what they should give, what they never showed, and whether they notice a changed rule."""
