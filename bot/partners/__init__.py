"""What partners are told: the tables that are kept, and nothing finer."""
