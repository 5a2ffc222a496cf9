"""Marks of a session: saved many at once, closed with their session, made at the door."""
