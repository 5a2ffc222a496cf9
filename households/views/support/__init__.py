"""Pages of what comes after the class."""
