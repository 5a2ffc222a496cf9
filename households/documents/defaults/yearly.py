"""The default template of the yearly report in words. What only its author can judge is a prompt in brackets."""

from households.documents.defaults.ward import CHAIR, PLACE, WARD
from thanhsen.papers.layout import CENTRE, Sheet

GROUNDS = [
    "Căn cứ {{ can_cu_chuan }};",
    "Căn cứ Quyết định số 24/2021/QĐ-TTg của Thủ tướng Chính phủ quy định quy trình rà soát hộ nghèo, hộ cận nghèo;",
    "Căn cứ Thông tư số 07/2021/TT-BLĐTBXH, Thông tư số 02/2022/TT-BLĐTBXH của Bộ Lao động - Thương binh và Xã hội và [văn bản sửa đổi, thay thế];",
    "Căn cứ [kế hoạch rà soát hộ nghèo, hộ cận nghèo năm {{ nam }} của tỉnh và của phường].",
]
CLASSES = [
    ("Hộ nghèo", "ho_ngheo", 18, True), ("Tỷ lệ (%)", "ty_le_ngheo", 18, True),
    ("Hộ cận nghèo", "ho_can_ngheo", 20, True), ("Tỷ lệ (%)", "ty_le_can_ngheo", 18, True),
]  # fmt: skip
NUMBER = ("TT", "tt", 11, True)


def yearly_report() -> Sheet:
    sheet = Sheet("Báo cáo kết quả rà soát")
    sheet.head([WARD], "Số: […]/BC-UBND", PLACE)
    sheet.title("BÁO CÁO", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm {{ nam }} ({{ loai_so_lieu }})")
    sheet.line("Kính gửi:", align=CENTRE, keep=True)
    sheet.tag("{%p for noi in noi_gui %}")
    sheet.line("- {{ noi.noi_dung }}", align=CENTRE)
    sheet.tag("{%p endfor %}")
    sheet.line("", size=6)
    for ground in GROUNDS:
        sheet.body(ground, italic=True)
    sheet.body(
        "Ủy ban nhân dân {{ ten_phuong }} báo cáo kết quả rà soát hộ nghèo, hộ cận nghèo năm {{ nam }} ({{ loai_so_lieu }}) như sau:"
    )
    _conduct(sheet)
    _results(sheet)
    _judgement(sheet)
    sheet.body("Trên đây là báo cáo của Ủy ban nhân dân {{ ten_phuong }} (kèm theo các mẫu biểu tổng hợp)./.")
    sheet.signatures(
        [
            ("Nơi nhận:", "receivers"),
            ("- Như trên;", "small"),
            ("- […];", "small"),
            ("- Lưu: VT, […].", "small"),
        ],
        [*CHAIR, ("{{ nguoi_ky }}", "place")],
    )
    return sheet


def _conduct(sheet: Sheet) -> None:
    sheet.heading("I. CÔNG TÁC CHỈ ĐẠO, TỔ CHỨC THỰC HIỆN")
    sheet.heading("1. Công tác chỉ đạo")
    sheet.body(
        "[Nêu việc kiện toàn Ban Chỉ đạo, ban hành kế hoạch, phân công, tập huấn rà soát viên, tuyên truyền.]"
    )
    sheet.heading("2. Tổ chức rà soát")
    _sentences(sheet, "to_chuc", mark="- ")


def _results(sheet: Sheet) -> None:
    sheet.heading("II. KẾT QUẢ RÀ SOÁT NĂM {{ nam }}")
    sheet.heading("1. Kết quả chung")
    sheet.body(
        "Trên địa bàn {{ ten_phuong }} có {{ so_to_dan_pho }} tổ dân phố, {{ tong_so_ho }} hộ dân cư, {{ tong_so_khau }} nhân khẩu. "
        "Kết quả rà soát {{ loai_so_lieu }}: {{ so_ho_ngheo }} hộ nghèo ({{ so_khau_ngheo }} nhân khẩu), tỷ lệ {{ ty_le_ho_ngheo }} %; "
        "{{ so_ho_can_ngheo }} hộ cận nghèo ({{ so_khau_can_ngheo }} nhân khẩu), tỷ lệ {{ ty_le_ho_can_ngheo }} %."
    )
    sheet.caption("Kết quả theo khu vực")
    sheet.rows("ket_qua", "dong", [
        NUMBER, ("Địa bàn", "dia_ban", 38, False), ("Loại hộ", "loai_ho", 43, False), ("Số hộ", "so_ho", 17, True),
        ("Tỷ lệ (%)", "ty_le_ho", 16, True), ("Nhân khẩu", "so_khau", 19, True), ("Tỷ lệ (%)", "ty_le_khau", 16, True),
    ], together=True)  # fmt: skip
    _sentences(sheet, "luu_y")
    sheet.heading("2. So với năm trước và chỉ tiêu")
    _sentences(sheet, "so_sanh")
    sheet.tag("{%p if ten_bang_so_sanh %}")
    sheet.caption("{{ ten_bang_so_sanh }}")
    sheet.rows("bang_so_sanh", "dong", [
        NUMBER, ("Loại hộ", "loai_ho", 43, False), ("Số hộ năm {{ nam_truoc }}", "ho_truoc", 19, True),
        ("Tỷ lệ (%)", "ty_le_truoc", 16, True), ("Số hộ năm {{ nam }}", "ho_nay", 19, True),
        ("Tỷ lệ (%)", "ty_le_nay", 16, True), ("Tăng, giảm (hộ)", "chenh_ho", 17, True),
        ("Tăng, giảm (điểm %)", "chenh_diem", 19, True),
    ], together=True)  # fmt: skip
    sheet.tag("{%p endif %}")
    sheet.heading("3. Diễn biến hộ nghèo, hộ cận nghèo trong năm")
    _sentences(sheet, "dien_bien")
    sheet.rows("bang_dien_bien", "dong", [
        NUMBER, ("Diễn biến", "dien_bien", 76, False), ("Hộ nghèo", "ho_ngheo", 17, True),
        ("Nhân khẩu", "khau_ngheo", 18, True), ("Hộ cận nghèo", "ho_can_ngheo", 20, True),
        ("Nhân khẩu", "khau_can_ngheo", 18, True),
    ], together=True)  # fmt: skip
    sheet.heading("4. Thiếu hụt các dịch vụ xã hội cơ bản")
    _sentences(sheet, "thieu_hut")
    sheet.rows(
        "bang_thieu_hut", "dong", [NUMBER, ("Chỉ số thiếu hụt", "ten", 75, False), *CLASSES], together=True
    )
    sheet.heading("5. Nguyên nhân nghèo, cận nghèo")
    _sentences(sheet, "nguyen_nhan")
    sheet.rows(
        "bang_nguyen_nhan", "dong", [NUMBER, ("Nguyên nhân", "ten", 75, False), *CLASSES], together=True
    )
    sheet.heading("6. Nhóm đối tượng và trẻ em")
    sheet.rows("bang_nhom", "dong", [NUMBER, ("Nhóm đối tượng", "ten", 75, False), *CLASSES], together=True)
    sheet.body("Các nhóm có thể trùng nhau.")
    _sentences(sheet, "tre_em")
    sheet.tag("{%p if ten_bang_to %}")
    sheet.heading("7. {{ ten_bang_to }}")
    sheet.rows("bang_to", "dong", [
        NUMBER, ("Tổ dân phố", "to_dan_pho", 56, False), ("Tổng số hộ", "tong_so_ho", 18, True), *CLASSES,
    ], together=True)  # fmt: skip
    sheet.tag("{%p endif %}")


def _judgement(sheet: Sheet) -> None:
    sheet.heading("III. ĐÁNH GIÁ CHUNG")
    sheet.heading("1. Kết quả đạt được")
    _sentences(sheet, "danh_gia", mark="- ")
    sheet.body("[Nêu kết quả thực hiện chính sách, mô hình tiêu biểu, sự tham gia của các ngành, đoàn thể.]")
    sheet.heading("2. Khó khăn, hạn chế và nguyên nhân")
    _sentences(sheet, "han_che", mark="- ")
    sheet.body("[Nêu khó khăn, hạn chế trong rà soát và trong giảm nghèo; nguyên nhân khách quan, chủ quan.]")
    sheet.heading("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ KIẾN NGHỊ")
    sheet.body("1. [Chỉ tiêu và nhiệm vụ, giải pháp giảm nghèo năm tới.]")
    sheet.body("2. [Kiến nghị với tỉnh, với sở.]")


def _sentences(sheet: Sheet, source: str, mark: str = "") -> None:
    sheet.tag(f"{{%p for cau in {source} %}}")
    sheet.body(mark + "{{ cau.noi_dung }}")
    sheet.tag("{%p endfor %}")
