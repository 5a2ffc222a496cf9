"""Workbooks of the courses: files that are brought in, lists that are taken away."""
