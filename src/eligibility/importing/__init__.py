"""CVs in files that other programs write, read into a profile: what is sure is taken, what is in doubt is asked, the rest is listed."""
