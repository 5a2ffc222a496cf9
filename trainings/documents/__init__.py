"""Papers of a course: what each says, and how it is laid out."""
