"""Courses, the ward's lists, timetable and costs on screen."""
