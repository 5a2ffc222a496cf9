"""Pages of completion and certificates; the trainee's own page."""
