"""The bank of questions, tests, evaluation and assignments: every write."""
