"""What is typed about courses, checked."""
