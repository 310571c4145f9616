"""Measuring what people get: labelled files in, figures and the failed lines out. Pure functions over frozen data."""
