"""Attendance on screen: a course's sessions, the page of one, the door, the papers."""
