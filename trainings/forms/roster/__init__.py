"""What is typed of the roster."""
