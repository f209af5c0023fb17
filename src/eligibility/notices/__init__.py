"""The text of a notice: its sentences and items, those that look like conditions, and what the plain ones say in figures.

No network and no model: what a condition looks like is data, a file of patterns per language beside this one. Nothing found here decides
anything: it is proposed to an author, or told by `validate`.
"""
