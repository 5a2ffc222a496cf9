"""What an answer with a workbook holds."""

from io import BytesIO

from openpyxl import load_workbook

REASON = "gửi Ngân hàng Chính sách xã hội"


def data_of(answer) -> bytes:
    """The file of the answer."""
    assert answer.status_code == 200, answer.content.decode()[:2000]
    data = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # closing the answer would close the connection of the test
        close()
    return data


def book_of(answer):
    """The workbook of the answer, opened."""
    return load_workbook(BytesIO(data_of(answer)))


def lines_of(answer) -> list[dict]:
    """The lines of the first sheet, each as heading → value."""
    headings, *rows = book_of(answer).worksheets[0].values
    return [dict(zip(headings, row, strict=True)) for row in rows]


def told(book) -> dict:
    """What the last sheet says of the file."""
    return {row[0]: row[1] for row in book.worksheets[-1].iter_rows(min_row=3, values_only=True)}
