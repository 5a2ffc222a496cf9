"""Courses, the ward's lists they draw on, their classes, timetable and costs."""
