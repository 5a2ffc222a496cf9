"""Invented materials of the topics: a page or two as Word that says so, and an address."""

from collections.abc import Sequence

from thanhsen.models import User
from thanhsen.papers.layout import Sheet
from trainings.actions.courses.materials import add_topic_material
from trainings.models import Topic

AUTHOR = "Máy bịa ra để minh hoạ"
INVENTED = (
    "Tài liệu này do máy bịa ra để minh hoạ; không dùng để giảng dạy. Phường thay bằng tài liệu của mình."
)
# Title and what the page says, in the order of the topics that a ward begins with.
PAGES = (
    ("Đề cương bài giảng: nguyên nhân nghèo (minh hoạ)", "Mỗi nhóm chọn một hộ tưởng tượng, kể ba nguyên nhân và nêu việc làm trước."),
    ("Bảng tra chính sách (minh hoạ)", "Kẻ ba cột: hộ thuộc diện nào, được hưởng gì, theo văn bản nào. Học viên tự điền từ văn bản của phường."),
    ("Kịch bản một buổi thăm hộ (minh hoạ)", "Chào hỏi, hỏi chuyện làm ăn, nghe trước khi nói, hẹn lần sau."),
    ("Phiếu ghi thảo luận nhóm (minh hoạ)", "Một cách làm hay; một điều còn vướng; ai sẽ làm gì tiếp."),
)  # fmt: skip


def hand_out(by: User, topics: Sequence[Topic]) -> None:
    """A file to each of the topics, and an address to the first."""
    for topic, (title, words) in zip(topics, PAGES, strict=True):
        values = {"title": title, "topic": topic.name, "audience": "officers", "author": AUTHOR}
        add_topic_material(
            by=by, topic=topic, values=values, content=_page(title, words), file_name=f"{title}.docx"
        )
    link = {
        "title": "Trang tin về giảm nghèo (ví dụ về địa chỉ trên mạng)",
        "topic": topics[0].name,
        "audience": "both",
        "author": AUTHOR,
        "link": "https://example.org/",
    }
    add_topic_material(by=by, topic=topics[0], values=link)


def _page(title: str, words: str) -> bytes:
    sheet = Sheet(title)
    sheet.title("TÀI LIỆU TẬP HUẤN", title)
    sheet.body(INVENTED, bold=True)
    sheet.body(words)
    return sheet.saved()
