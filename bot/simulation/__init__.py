"""A year of made-up people, so that newcomers see figures and the gate meets realistic ones."""
