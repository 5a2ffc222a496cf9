"""The invented courses of the demo ward: the one of December 2025 whole, and a smaller one before it."""

from trainings.demo.loader import make_courses

__all__ = ["make_courses"]
