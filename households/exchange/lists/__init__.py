"""The lists of the wing: what each finds for an address with its filters, for its page and for its file alike."""
