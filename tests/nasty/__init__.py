"""Workbooks that go wrong, made by the tests: one function per trap, each giving the bytes of a file.

`files` are no readable .xlsx at all; `sheets` are readable and hold what misleads (each takes the rows to spoil, so
that a test of an import gives its own); `raw` are written part by part, as only some program writes them; `codings`
writes text as the old fonts kept it.
"""
