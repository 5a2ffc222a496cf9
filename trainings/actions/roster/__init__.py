"""Writes of the roster: units and quotas, people, seats and the waiting list, classes, versions, files brought in."""
