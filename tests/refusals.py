"""What the database itself refuses, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction


def refused(constraint: str, write: Callable, *args, **kwargs) -> None:
    """The database refuses `write`, at once or at commit, naming `constraint`."""
    with pytest.raises(IntegrityError) as error:
        _write_and_commit(write, *args, **kwargs)
    assert error.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


@transaction.atomic
def _write_and_commit(write: Callable, *args, **kwargs) -> None:
    write(*args, **kwargs)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
