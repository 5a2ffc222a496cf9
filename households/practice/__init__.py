"""Practice: a ward of one's own with invented households, in which a new officer plays a whole season alone."""

from households.practice.homes import HOMES, Home
from households.practice.ward import homes_of, start

__all__ = ["HOMES", "Home", "homes_of", "start"]
