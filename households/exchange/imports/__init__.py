"""Lists that wards keep in Excel, brought in: what a column is, what a cell means, where the headings stand.

`cells`, `ids`, `days`, `figures` and `choices` say what one cell means; `columns` names the columns of each kind of
list; `header` finds the headings in a sheet and `matching` tells which column each is; `lines` reads a row with them;
`template` is the workbook to fill in. Nothing here asks the database, and nothing is guessed silently.
"""
