"""Measurements of the demo ward, run by `python3 portal.py bench`. Not tests: they tell, they do not fail."""
