"""From what an author writes to what is asked: mappings to questions, with every problem found on the way."""
