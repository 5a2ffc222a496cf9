"""The default templates of what the ward writes: minutes, posted list, report, decision."""

from thanhsen.papers.layout import CENTRE, Sheet

CHAIR = [("TM. ỦY BAN NHÂN DÂN", "bold"), ("CHỦ TỊCH", "bold")]
WARD = "{{ ten_phuong|upper }}"
PLACE = "{{ dia_danh }}, {{ ngay_thang }}"
LINES = [
    ("TT", "tt", 12, True),
    ("Họ và tên chủ hộ", "chu_ho", 75, False),
    ("Mã hộ", "ma_ho", 32, True),
    ("Tổ dân phố", "to_dan_pho", 58, False),
    ("Nhân khẩu", "so_khau", 22, True),
    ("Phân loại", "phan_loai", 46, False),
]


def minutes() -> Sheet:
    sheet = Sheet("Biên bản họp tổ dân phố")
    sheet.head(["{{ to_dan_pho|upper }}"], "Số: […]/BB", PLACE, parent=WARD)
    sheet.title("BIÊN BẢN", "Họp lấy ý kiến về kết quả rà soát hộ nghèo, hộ cận nghèo")
    sheet.body(
        "Hôm nay, {{ ngay_hop }}, tại {{ dia_diem }}, {{ to_dan_pho }}, {{ ten_phuong }}, {{ ten_tinh }} tổ chức cuộc họp lấy ý kiến về kết quả rà soát hộ nghèo, hộ cận nghèo ({{ dot }}) theo Quyết định số 24/2021/QĐ-TTg của Thủ tướng Chính phủ."
    )
    sheet.body("I. THÀNH PHẦN", bold=True)
    sheet.body("1. Chủ trì: {{ chu_tri }}.")
    sheet.body("2. Thư ký: {{ thu_ky }}.")
    sheet.body("3. Số người dự họp: {{ so_nguoi_du }} người.")
    sheet.tag("{%p if thanh_phan %}")
    sheet.body("4. Thành phần dự họp: {{ thanh_phan }}.")
    sheet.tag("{%p endif %}")
    sheet.body("II. NỘI DUNG", bold=True)
    sheet.body(
        "Chủ trì cuộc họp đọc kết quả rà soát của {{ so_ho }} hộ. Người dự họp thảo luận và biểu quyết từng hộ; hộ được từ 50 % người dự họp đồng ý trở lên là đạt."
    )
    sheet.rows("danh_sach", "ho", [
        ("TT", "tt", 10, True), ("Họ và tên chủ hộ", "chu_ho", 40, False), ("Kết quả rà soát", "phan_loai", 30, False),
        ("Đồng ý", "dong_y", 15, True), ("Biểu quyết", "bieu_quyet", 16, True), ("Kết luận", "ket_qua", 21, True),
        ("Ý kiến", "y_kien", 28, False),
    ])  # fmt: skip
    sheet.tag("{%p if y_kien_chung %}")
    sheet.body("Ý kiến khác tại cuộc họp: {{ y_kien_chung }}")
    sheet.tag("{%p endif %}")
    sheet.body("III. KẾT LUẬN", bold=True)
    sheet.body(
        "Số hộ đạt từ 50 % đồng ý trở lên: {{ so_ho_dat }} hộ. Số hộ chưa đạt, đề nghị rà soát lại: {{ so_ho_khong_dat }} hộ."
    )
    sheet.body("Biên bản được đọc cho mọi người dự họp cùng nghe, thống nhất thông qua và lập thành 02 bản.")
    sheet.signatures(
        [("THƯ KÝ", "bold"), ("(Chữ ký)", "italic"), ("{{ thu_ky }}", "place")],
        [("CHỦ TRÌ", "bold"), ("(Chữ ký)", "italic"), ("{{ chu_tri }}", "place")],
    )
    return sheet


def posting() -> Sheet:
    sheet = Sheet("Danh sách niêm yết")
    sheet.head([WARD], "Số: […]/[…]", PLACE)
    sheet.title("DANH SÁCH NIÊM YẾT", "Kết quả rà soát hộ nghèo, hộ cận nghèo – {{ to_dan_pho }}")
    sheet.tag("{%p if lan_niem_yet %}")
    sheet.line("({{ lan_niem_yet }})", italic=True, align=CENTRE, after=6)
    sheet.tag("{%p endif %}")
    sheet.body(
        "{{ dot }}. Danh sách gồm {{ so_ho }} hộ, niêm yết từ ngày {{ tu_ngay }} đến hết ngày {{ den_ngay }} tại {{ noi_niem_yet }}."
    )
    sheet.rows("danh_sach", "ho", [
        ("TT", "tt", 12, True), ("Họ và tên chủ hộ", "chu_ho", 52, False), ("Tổ dân phố", "to_dan_pho", 36, False),
        ("Phân loại", "phan_loai", 30, False), ("Kết quả", "ket_qua", 30, False),
    ])  # fmt: skip
    sheet.body(
        "Trong thời gian niêm yết, ý kiến, khiếu nại gửi tổ trưởng tổ dân phố hoặc Ủy ban nhân dân {{ ten_phuong }} để được phúc tra."
    )
    sheet.signatures([], [*CHAIR, ("[Họ và tên]", "place")])
    return sheet


def province_report() -> Sheet:
    sheet = Sheet("Báo cáo kết quả rà soát")
    sheet.head([WARD], "Số: {{ so_bao_cao }}", PLACE)
    sheet.title(
        "BÁO CÁO", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm {{ nam }} và xin ý kiến trước khi quyết định"
    )
    sheet.line("Kính gửi: [Cơ quan của {{ ten_tinh }} nhận báo cáo]", align=CENTRE, after=8)
    sheet.body(
        "Thực hiện Quyết định số 24/2021/QĐ-TTg của Thủ tướng Chính phủ và [văn bản chỉ đạo của tỉnh], Ủy ban nhân dân {{ ten_phuong }} báo cáo kết quả {{ dot }} như sau:"
    )
    sheet.body("1. Quá trình rà soát", bold=True)
    sheet.body(
        "Các hộ trong báo cáo đã được rà soát tại hộ, họp tổ dân phố với từ 50 % người dự họp đồng ý trở lên và niêm yết công khai; khiếu nại, nếu có, đã được phúc tra."
    )
    sheet.body("2. Kết quả", bold=True)
    sheet.body(
        "Báo cáo gồm {{ so_ho }} hộ, {{ so_khau }} nhân khẩu: {{ so_ho_ngheo }} hộ nghèo ({{ so_khau_ngheo }} nhân khẩu), {{ so_ho_can_ngheo }} hộ cận nghèo ({{ so_khau_can_ngheo }} nhân khẩu), {{ so_ho_trung_binh }} hộ có mức sống trung bình, {{ so_ho_khong_ngheo }} hộ không nghèo."
    )
    sheet.rows("tong_hop", "to", [
        ("TT", "tt", 10, True), ("Tổ dân phố", "to_dan_pho", 50, False), ("Số hộ", "so_ho", 18, True), ("Hộ nghèo", "ho_ngheo", 20, True),
        ("Hộ cận nghèo", "ho_can_ngheo", 20, True), ("Mức sống trung bình", "ho_trung_binh", 22, True), ("Không nghèo", "khong_ngheo", 20, True),
    ])  # fmt: skip
    sheet.body("3. Đề nghị", bold=True)
    sheet.body(
        "Ủy ban nhân dân {{ ten_phuong }} kính đề nghị xem xét, cho ý kiến trước ngày {{ han_tra_loi }} để ban hành quyết định công nhận. Danh sách các hộ kèm theo báo cáo này./."
    )
    _signed(sheet, ["- Như trên;", "- […];", "- Lưu: VT."], "[Họ và tên]")
    _annex(
        sheet,
        "DANH SÁCH HỘ TRONG BÁO CÁO",
        "(Kèm theo Báo cáo số {{ so_bao_cao }} {{ ngay_thang }} của Ủy ban nhân dân {{ ten_phuong }})",
    )
    return sheet


def decision() -> Sheet:
    sheet = Sheet("Quyết định công nhận")
    sheet.head([WARD], "Số: {{ so_quyet_dinh }}", PLACE)
    sheet.tag("{%p if dinh_chinh %}")
    sheet.title("QUYẾT ĐỊNH", "Đính chính {{ dinh_chinh }}")
    sheet.tag("{%p else %}")
    sheet.title("QUYẾT ĐỊNH", "Công nhận kết quả rà soát hộ nghèo, hộ cận nghèo năm {{ nam }}")
    sheet.tag("{%p endif %}")
    sheet.line("CHỦ TỊCH ỦY BAN NHÂN DÂN " + WARD, bold=True, align=CENTRE, after=8)
    for ground in [
        "Căn cứ [Luật Tổ chức chính quyền địa phương đang có hiệu lực];",
        "Căn cứ {{ can_cu_chuan }};",
        "Căn cứ Quyết định số 24/2021/QĐ-TTg của Thủ tướng Chính phủ quy định quy trình rà soát hộ nghèo, hộ cận nghèo;",
        "Căn cứ Thông tư số 07/2021/TT-BLĐTBXH của Bộ Lao động - Thương binh và Xã hội và [văn bản sửa đổi, thay thế];",
    ]:
        sheet.body(ground, italic=True)
    sheet.tag("{%p if so_bao_cao %}")
    sheet.body(
        "Căn cứ kết quả {{ dot }} và ý kiến của tỉnh đối với Báo cáo số {{ so_bao_cao }};", italic=True
    )
    sheet.tag("{%p endif %}")
    sheet.body("Theo đề nghị của [bộ phận tham mưu].", italic=True)
    sheet.line("QUYẾT ĐỊNH:", bold=True, align=CENTRE, before=6, after=6)
    sheet.tag("{%p if dinh_chinh %}")
    sheet.body(
        "Đính chính {{ dinh_chinh }} đối với {{ so_ho }} hộ trong danh sách kèm theo. Lý do: {{ ly_do }}",
        lead="Điều 1.",
    )
    sheet.tag("{%p else %}")
    sheet.body(
        "Công nhận kết quả {{ dot }} của {{ so_ho }} hộ, {{ so_khau }} nhân khẩu: {{ so_ho_ngheo }} hộ nghèo ({{ so_khau_ngheo }} nhân khẩu), {{ so_ho_can_ngheo }} hộ cận nghèo ({{ so_khau_can_ngheo }} nhân khẩu), {{ so_ho_trung_binh }} hộ có mức sống trung bình, {{ so_ho_khong_ngheo }} hộ không nghèo (có danh sách kèm theo).",
        lead="Điều 1.",
    )
    sheet.tag("{%p endif %}")
    sheet.body(
        "[Bộ phận tham mưu] cấp giấy chứng nhận, thông báo kết quả cho các hộ và cập nhật, theo dõi theo quy định.",
        lead="Điều 2.",
    )
    sheet.body(
        "Quyết định này có hiệu lực kể từ ngày ký. [Các đơn vị liên quan], tổ trưởng các tổ dân phố và các hộ có tên trong danh sách chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 3.",
    )
    _signed(sheet, ["- Như Điều 3;", "- […];", "- Lưu: VT."], "{{ nguoi_ky }}")
    _annex(
        sheet,
        "DANH SÁCH HỘ THEO QUYẾT ĐỊNH",
        "(Kèm theo Quyết định số {{ so_quyet_dinh }} {{ ngay_thang }} của Chủ tịch Ủy ban nhân dân {{ ten_phuong }})",
    )
    return sheet


def _signed(sheet: Sheet, receivers: list[str], signer: str) -> None:
    sheet.signatures(
        [("Nơi nhận:", "receivers"), *[(each, "small") for each in receivers]], [*CHAIR, (signer, "place")]
    )


def _annex(sheet: Sheet, title: str, belongs_to: str) -> None:
    """The list of a paper on pages laid across: too wide for the text's own pages."""
    sheet.landscape()
    sheet.line(title, bold=True, align=CENTRE)
    sheet.line(belongs_to, italic=True, align=CENTRE, after=8)
    sheet.rows("danh_sach", "ho", LINES)
