"""Files sent in: `files` takes them and what is decided of them, `writing` writes what was checked into the register
in one transaction and takes it back. One module a kind knows how: `homes` and `homes_back`, `statuses`, `totals`,
`places`."""
