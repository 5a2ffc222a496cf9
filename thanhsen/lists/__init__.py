"""Lists as they are shown on screen and taken away as workbooks.

A list is declared once (`declared`): the page and the file ask the same function what it holds. `taking` writes the
file and the trail; `own` are the lists of the portal itself.
"""

from thanhsen.lists.declared import Column, Found, Kind, List
from thanhsen.lists.taking import take

__all__ = ["Column", "Found", "Kind", "List", "take"]
