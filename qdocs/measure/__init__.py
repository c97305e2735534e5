"""Measuring: the side of the record that knows torch."""
