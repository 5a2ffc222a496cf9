"""The kinds of document the portal writes, as data."""

from dataclasses import dataclass

from households.documents import papers, yearly

OPEN_FORM = (
    "Số hiệu mẫu biểu của chính quyền hai cấp chưa có bản chính thức: chỗ ấy để trong ngoặc vuông để điền."
)


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name, what it may say, what nobody has said yet."""

    code: str
    label: str
    file_name: str
    paper: type
    about: str
    open: str = OPEN_FORM

    @property
    def fields(self) -> dict[str, str]:
        return papers.own_fields(self.paper)

    @property
    def lists(self) -> dict[str, tuple[str, dict[str, str]]]:
        """List → (label, field of a row → label)."""
        return {
            name: (label, papers.own_fields(row)) for name, (label, row) in papers.lists(self.paper).items()
        }


KINDS = {
    each.code: each
    for each in [
        Kind("minutes", "Biên bản họp tổ dân phố", "bien-ban-hop", papers.Minutes, "Tải ở trang biên bản của mỗi cuộc họp."),
        Kind("posting", "Danh sách niêm yết", "niem-yet", papers.PostedList, "Chỉ có họ tên chủ hộ, tổ dân phố, phân loại, kết quả: không thêm được gì khác (Luật 91/2025/QH15)."),
        Kind("province_report", "Báo cáo xin ý kiến tỉnh", "bao-cao", papers.ProvinceReport, "Tải ở trang xin ý kiến."),
        Kind("decision", "Quyết định kèm danh sách", "quyet-dinh", papers.DecisionPaper, "Tải ở trang của mỗi quyết định."),
        Kind("certificate", "Giấy chứng nhận", "giay-chung-nhan", papers.CertificatePaper, "Hộ nghèo, hộ cận nghèo, hộ thoát nghèo, thoát cận nghèo. Bản PDF dùng bố cục của cổng, không dùng mẫu Word.", "Mẫu giấy chứng nhận chính thức của chính quyền hai cấp chưa có trong cổng; mẫu sẵn có trình bày theo Nghị định 30/2020/NĐ-CP. Khi có mẫu chính thức, thay ở đây."),
        Kind("refusal", "Thông báo không được công nhận", "thong-bao", papers.Refusal, "Gửi hộ không được công nhận, nêu từng lý do."),
        Kind("yearly_report", "Báo cáo kết quả rà soát hộ nghèo, hộ cận nghèo", "bao-cao-ket-qua", yearly.YearlyReport, "Tải ở trang Báo cáo. Các con số lấy từ mẫu 1 đến mẫu 13; chỗ trong ngoặc vuông do người soạn viết.", "Phần nhận định, phương hướng, kiến nghị không rút ra được từ số liệu: để trong ngoặc vuông để người soạn viết."),
        Kind("plan", "Kế hoạch hỗ trợ thoát nghèo của hộ", "ke-hoach-ho", papers.PlanPaper, "Tải ở trang nhu cầu và kế hoạch của mỗi hộ.", "Mẫu kế hoạch của hộ chưa có bản chính thức trong cổng; mẫu sẵn có trình bày theo Nghị định 30/2020/NĐ-CP. Khi có mẫu chính thức, thay ở đây."),
    ]
}  # fmt: skip
CHOICES = [(each.code, each.label) for each in KINDS.values()]
