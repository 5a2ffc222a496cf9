"""Questions, tests, answers, evaluation and assignments as they are typed."""
