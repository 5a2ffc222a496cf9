"""The lists of support, for their pages and their files."""
