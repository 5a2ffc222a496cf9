"""Workbook ⇄ rows: what people send in and take away, read into the shapes the actions take."""
