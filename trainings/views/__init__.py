"""Pages of the courses: load and check, call one action or report, answer."""
