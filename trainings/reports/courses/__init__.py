"""Courses in figures: what they hold, what waits, what they cost."""
