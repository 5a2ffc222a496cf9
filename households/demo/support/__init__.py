"""Invented help of the demo ward: programmes, plans, models, a storm, visits."""
