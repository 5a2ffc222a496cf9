"""The demo ward: places, people, sheets and decisions, all invented by a seeded generator.

The same load gives the same content every time, apart from row ids and the household codes the database
issues. No moment is taken from the clock. Every sheet's class comes from `households.assessment`, as an
officer's would.

A simplification: the ward exists since 01/07/2025, but its rounds and decisions of earlier years are kept
under it too, with tổ dân phố valid from 2022, as if the old figures had been written down again by today's
places. The note of those decisions says so.
"""

from households.demo.loader import NotEmpty, load

__all__ = ["NotEmpty", "load"]
