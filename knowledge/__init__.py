"""What is known, and finding it."""
