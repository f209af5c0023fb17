"""Hundreds of people against every vacancy, from the files advisers have to the files they use."""
