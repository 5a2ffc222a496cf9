"""The ward of the pages."""

from tests.households.views.conftest import ward

__all__ = ["ward"]
