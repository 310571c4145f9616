"""What is said next: pure functions over frozen data."""
