"""What was learned, counted: the bank, results, gain, evaluation."""
