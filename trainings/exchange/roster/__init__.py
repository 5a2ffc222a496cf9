"""The roster from a workbook and as a workbook."""
