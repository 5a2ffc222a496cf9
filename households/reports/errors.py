"""What stops a report."""


class ReportError(ValueError):
    """A report that cannot be made; the message is a Vietnamese sentence that says what to do."""
