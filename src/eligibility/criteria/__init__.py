"""What a vacancy can ask, one idea per file."""
