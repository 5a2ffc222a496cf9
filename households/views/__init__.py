"""Views: load and check, call one action or report, answer."""
