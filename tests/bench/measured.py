"""A table of single figures beside their limits."""

from collections.abc import Callable, Iterable

# Name, what measures it, its limit, its unit.
Row = tuple[str, Callable[[], float], float, str]


def table(title: str, rows: Iterable[Row]) -> list[str]:
    """Measure and print row by row; the names of what failed."""
    from tests.bench.__main__ import mark

    failed: list[str] = []
    print(f"\n{title:<44}{'đo được':>16}{'giới hạn':>12}")
    for name, measure, limit, unit in rows:
        try:
            took = measure()
        except Exception as error:
            failed.append(name)
            print(f"  LỖI {name}: {type(error).__name__}: {error}"[:300])
            continue
        print(f"{name:<44}{took:>10.1f} {unit:<8}{limit:>8} {mark(took <= limit)}")
    return failed
