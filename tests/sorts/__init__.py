"""Another sort of value anywhere: files in which one value was replaced by something it cannot be."""
