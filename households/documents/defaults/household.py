"""The default templates of what one household takes home: the certificate, the notice of refusal, its plan."""

from households.documents.defaults.ward import CHAIR, PLACE, WARD
from thanhsen.papers.layout import CENTRE, Sheet

STEP = "{{ dong.viec_lam }}{% if dong.chinh_sach %} ({{ dong.chinh_sach }}){% endif %}"


def certificate() -> Sheet:
    sheet = Sheet("Giấy chứng nhận")
    sheet.head([WARD], "Số: {{ so_giay }}", PLACE)
    sheet.line("{{ ten_giay }}", bold=True, size=16, align=CENTRE, before=10)
    sheet.line("[Theo mẫu giấy chứng nhận đang có hiệu lực]", italic=True, size=12, align=CENTRE, after=10)
    sheet.line("CHỦ TỊCH ỦY BAN NHÂN DÂN " + WARD + " CHỨNG NHẬN", bold=True, align=CENTRE, after=8)
    sheet.body("Hộ ông/bà: {{ chu_ho }}")
    sheet.body("Mã hộ: {{ ma_ho }}")
    sheet.tag("{%p if dia_chi %}")
    sheet.body("Địa chỉ: {{ dia_chi }}")
    sheet.tag("{%p endif %}")
    sheet.body("{{ to_dan_pho }}, {{ ten_phuong }}, {{ ten_tinh }}")
    sheet.body(
        "Là {{ loai_ho }} từ ngày {{ tu_ngay }}, theo Quyết định số {{ so_quyet_dinh }} {{ ngay_quyet_dinh }} của Chủ tịch Ủy ban nhân dân {{ ten_phuong }}."
    )
    sheet.tag("{%p if thay_giay %}")
    sheet.body("Giấy này cấp lại, thay giấy số {{ thay_giay }}.")
    sheet.tag("{%p endif %}")
    sheet.body("Hộ có {{ so_khau }} nhân khẩu:")
    sheet.rows("thanh_vien", "nguoi", [
        ("TT", "tt", 12, True), ("Họ và tên", "ho_ten", 66, False), ("Quan hệ với chủ hộ", "quan_he", 40, False),
        ("Giới tính", "gioi_tinh", 20, True), ("Năm sinh", "nam_sinh", 22, True),
    ])  # fmt: skip
    sheet.signatures([], [*CHAIR, ("{{ nguoi_ky }}", "place")])
    return sheet


def refusal() -> Sheet:
    sheet = Sheet("Thông báo")
    sheet.head([WARD], "Số: {{ so_thong_bao }}", PLACE)
    sheet.title("THÔNG BÁO", "Về việc hộ không đủ điều kiện công nhận hộ nghèo, hộ cận nghèo")
    sheet.line("Kính gửi: Hộ ông/bà {{ chu_ho }}", align=CENTRE)
    sheet.line("({{ to_dan_pho }}, {{ ten_phuong }}; mã hộ {{ ma_ho }})", align=CENTRE, after=8)
    sheet.tag("{%p if don %}")
    sheet.body("Ủy ban nhân dân {{ ten_phuong }} đã nhận {{ don }} của hộ và xem xét trong {{ dot }}.")
    sheet.tag("{%p else %}")
    sheet.body("Ủy ban nhân dân {{ ten_phuong }} đã rà soát hộ trong {{ dot }}.")
    sheet.tag("{%p endif %}")
    sheet.tag("{%p if so_quyet_dinh %}")
    sheet.body("Kết quả theo Quyết định số {{ so_quyet_dinh }} {{ ngay_quyet_dinh }}: {{ ket_qua }}.")
    sheet.tag("{%p else %}")
    sheet.body("Kết quả: {{ ket_qua }}.")
    sheet.tag("{%p endif %}")
    sheet.body("Hộ không đủ điều kiện công nhận hộ nghèo, hộ cận nghèo, vì:")
    sheet.tag("{%p for dong in ly_do %}")
    sheet.body("{{ dong.tt }}. {{ dong.noi_dung }}")
    sheet.tag("{%p endfor %}")
    sheet.body(
        "Nếu không đồng ý, hộ gửi ý kiến đến Ủy ban nhân dân {{ ten_phuong }} để được xem xét lại theo quy định."
    )
    sheet.body("Ủy ban nhân dân {{ ten_phuong }} thông báo để hộ biết./.")
    sheet.signatures(
        [
            ("Nơi nhận:", "receivers"),
            ("- Như trên;", "small"),
            ("- {{ to_dan_pho }};", "small"),
            ("- Lưu: VT.", "small"),
        ],
        [*CHAIR, ("[Họ và tên]", "place")],
    )
    return sheet


def plan() -> Sheet:
    sheet = Sheet("Kế hoạch hỗ trợ thoát nghèo")
    sheet.head([WARD], "", PLACE)
    sheet.title("KẾ HOẠCH", "Hỗ trợ hộ thoát nghèo")
    sheet.line("Hộ ông/bà: {{ chu_ho }}, mã hộ {{ ma_ho }}", align=CENTRE)
    sheet.line("{{ to_dan_pho }}, {{ ten_phuong }}", align=CENTRE)
    sheet.tag("{%p if phan_loai %}")
    sheet.line("({{ phan_loai }})", align=CENTRE, after=8)
    sheet.tag("{%p endif %}")
    sheet.heading("1. Hộ đang thiếu gì, vướng gì, mong gì")
    sheet.tag("{%p for dong in nhu_cau %}")
    sheet.body(
        "- {{ dong.noi_dung }}{% if dong.loi_gia_dinh %}. Gia đình nói: “{{ dong.loi_gia_dinh }}”{% endif %}"
    )
    sheet.tag("{%p endfor %}")
    sheet.heading("2. Mục tiêu")
    sheet.body("{{ muc_tieu }}{% if phan_dau %} (phấn đấu đến ngày {{ phan_dau }}){% endif %}")
    sheet.tag("{%p if y_kien %}")
    sheet.body("Ý kiến của gia đình: {{ y_kien }}")
    sheet.tag("{%p endif %}")
    sheet.heading("3. Các việc")
    sheet.rows("viec", "dong", [
        ("TT", "tt", 10, True), ("Việc làm", STEP, 60, False), ("Cho nhu cầu", "nhu_cau", 34, False),
        ("Ai làm", "ai_lam", 32, False), ("Trước ngày", "truoc_ngay", 24, True),
    ])  # fmt: skip
    sheet.body("Xem lại lần đầu: {{ xem_lai }}")
    sign = ("(Ký, ghi rõ họ tên)", "italic")
    sheet.signatures(
        [("Đại diện gia đình", "bold"), sign, ("{{ nguoi_ky }}", "place")],
        [("Tổ trưởng tổ dân phố", "bold"), sign, ("", "place")],
        [("Cán bộ phụ trách", "bold"), sign, ("{{ phu_trach }}", "place")],
    )
    return sheet
