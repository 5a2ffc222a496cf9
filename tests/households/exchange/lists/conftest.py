"""The ward of the pages: a list is exported from one."""

from tests.households.views.conftest import ward

__all__ = ["ward"]
