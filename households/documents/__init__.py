"""Papers of the review as Word files and PDF: what each may say, its template, and how it is filled."""
