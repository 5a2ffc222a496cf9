"""Every write about courses: keyword-only, one transaction, `by=`, leaves its Event."""
