"""Pages of the bank, the tests, the evaluation and the assignments."""
