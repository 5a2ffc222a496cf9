"""What the yearly report in words may say: figures of the official forms, and sentences that follow from them.

A sentence that depends on the figures (nothing to compare with, no decision yet) comes ready made, so that the template
stays a text that an officer can edit.
"""

from dataclasses import dataclass, field

from households.documents.papers import Paper, said


@dataclass(frozen=True, kw_only=True)
class Sentence:
    tt: str = said("thứ tự", "1")
    noi_dung: str = said("câu", "Tỷ lệ hộ nghèo giảm 0,35 điểm phần trăm so với năm 2025.")


@dataclass(frozen=True, kw_only=True)
class StockLine:
    tt: str = said("thứ tự", "1")
    dia_ban: str = said("khu vực, hoặc toàn địa bàn", "Khu vực thành thị")
    loai_ho: str = said("loại hộ", "Hộ nghèo")
    so_ho: str = said("số hộ", "312")
    ty_le_ho: str = said("tỷ lệ so với tổng số hộ (%)", "1,42")
    so_khau: str = said("số nhân khẩu", "1.105")
    ty_le_khau: str = said("tỷ lệ so với tổng số nhân khẩu (%)", "1,38")


@dataclass(frozen=True, kw_only=True)
class ComparedLine:
    tt: str = said("thứ tự", "1")
    loai_ho: str = said("loại hộ", "Hộ nghèo")
    ho_truoc: str = said("số hộ năm trước", "389")
    ty_le_truoc: str = said("tỷ lệ năm trước (%)", "1,77")
    ho_nay: str = said("số hộ năm nay", "312")
    ty_le_nay: str = said("tỷ lệ năm nay (%)", "1,42")
    chenh_ho: str = said("tăng (+), giảm (-) số hộ", "-77")
    chenh_diem: str = said("tăng (+), giảm (-) điểm phần trăm, tính từ tỷ lệ chưa làm tròn", "-0,35")


@dataclass(frozen=True, kw_only=True)
class FlowLine:
    tt: str = said("thứ tự", "1")
    dien_bien: str = said("cột của mẫu 2, mẫu 3", "Tái nghèo, tái cận nghèo")
    ho_ngheo: str = said("số hộ nghèo", "4")
    khau_ngheo: str = said("nhân khẩu hộ nghèo", "15")
    ho_can_ngheo: str = said("số hộ cận nghèo", "6")
    khau_can_ngheo: str = said("nhân khẩu hộ cận nghèo", "21")


@dataclass(frozen=True, kw_only=True)
class BothClasses:
    """One thing counted among the poor and among the near-poor."""

    tt: str = said("thứ tự", "1")
    ten: str = said("chỉ số, nguyên nhân hoặc nhóm", "Bảo hiểm y tế")
    ho_ngheo: str = said("số hộ nghèo", "204")
    ty_le_ngheo: str = said("tỷ lệ trong số hộ nghèo (%)", "65,38")
    ho_can_ngheo: str = said("số hộ cận nghèo", "97")
    ty_le_can_ngheo: str = said("tỷ lệ trong số hộ cận nghèo (%)", "20,55")


@dataclass(frozen=True, kw_only=True)
class GroupRate:
    tt: str = said("thứ tự", "1")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    tong_so_ho: str = said("tổng số hộ dân cư", "320")
    ho_ngheo: str = said("số hộ nghèo", "12")
    ty_le_ngheo: str = said("tỷ lệ hộ nghèo (%)", "3,75")
    ho_can_ngheo: str = said("số hộ cận nghèo", "9")
    ty_le_can_ngheo: str = said("tỷ lệ hộ cận nghèo (%)", "2,81")


@dataclass(frozen=True, kw_only=True)
class YearlyReport(Paper):
    """Báo cáo kết quả rà soát hộ nghèo, hộ cận nghèo của một năm."""

    loai_so_lieu: str = said("sơ bộ hoặc chính thức", "chính thức")
    noi_gui: list[Sentence] = field(
        metadata={"label": "các nơi nhận báo cáo, sau chữ “Kính gửi”", "row": Sentence}
    )
    can_cu_chuan: str = said(
        "nghị định của chuẩn nghèo",
        "Nghị định 07/2021/NĐ-CP, tiếp tục áp dụng cho năm 2026 theo Nghị định 351/2025/NĐ-CP",
    )
    to_chuc: list[Sentence] = field(
        metadata={"label": "đợt rà soát đã làm thế nào, mỗi bước một câu", "row": Sentence}
    )
    so_to_dan_pho: str = said("số tổ dân phố", "80")
    tong_so_ho: str = said("tổng số hộ dân cư", "21.984")
    tong_so_khau: str = said("tổng số nhân khẩu", "80.112")
    so_ho_ngheo: str = said("số hộ nghèo", "312")
    so_khau_ngheo: str = said("số nhân khẩu hộ nghèo", "1.105")
    ty_le_ho_ngheo: str = said("tỷ lệ hộ nghèo (%)", "1,42")
    so_ho_can_ngheo: str = said("số hộ cận nghèo", "472")
    so_khau_can_ngheo: str = said("số nhân khẩu hộ cận nghèo", "1.730")
    ty_le_ho_can_ngheo: str = said("tỷ lệ hộ cận nghèo (%)", "2,15")
    ket_qua: list[StockLine] = field(
        metadata={"label": "kết quả theo khu vực và loại hộ (mẫu 1)", "row": StockLine}
    )
    luu_y: list[Sentence] = field(
        metadata={"label": "điều người đọc cần biết về các con số", "row": Sentence}
    )
    so_sanh: list[Sentence] = field(metadata={"label": "so với năm trước và với chỉ tiêu", "row": Sentence})
    ten_bang_so_sanh: str = said(
        "tên bảng so sánh; trống khi không có năm trước để so", "So sánh với năm 2025"
    )
    nam_truoc: str = said("năm trước", "2025")
    bang_so_sanh: list[ComparedLine] = field(
        metadata={"label": "so với năm trước, theo loại hộ (mẫu 1 của hai năm)", "row": ComparedLine}
    )
    dien_bien: list[Sentence] = field(metadata={"label": "hộ ra khỏi, vào danh sách", "row": Sentence})
    bang_dien_bien: list[FlowLine] = field(
        metadata={"label": "diễn biến trong năm (mẫu 2, mẫu 3)", "row": FlowLine}
    )
    thieu_hut: list[Sentence] = field(metadata={"label": "nhận xét về các chỉ số thiếu hụt", "row": Sentence})
    bang_thieu_hut: list[BothClasses] = field(
        metadata={"label": "các chỉ số thiếu hụt, nhiều nhất trước (mẫu 4 đến mẫu 7)", "row": BothClasses}
    )
    nguyen_nhan: list[Sentence] = field(metadata={"label": "nhận xét về nguyên nhân", "row": Sentence})
    bang_nguyen_nhan: list[BothClasses] = field(
        metadata={"label": "nguyên nhân, nhiều nhất trước (mẫu 10)", "row": BothClasses}
    )
    bang_nhom: list[BothClasses] = field(
        metadata={"label": "nhóm đối tượng (mẫu 8, mẫu 12, mẫu 13)", "row": BothClasses}
    )
    tre_em: list[Sentence] = field(
        metadata={"label": "trẻ em thuộc hộ nghèo, hộ cận nghèo (mẫu 11)", "row": Sentence}
    )
    ten_bang_to: str = said(
        "tên bảng tổ dân phố có tỷ lệ cao nhất; trống khi không lập được bảng",
        "Các tổ dân phố có tỷ lệ hộ nghèo cao nhất",
    )
    bang_to: list[GroupRate] = field(
        metadata={"label": "tổ dân phố có tỷ lệ hộ nghèo cao nhất (mẫu 1)", "row": GroupRate}
    )
    danh_gia: list[Sentence] = field(
        metadata={"label": "kết quả đạt được, rút ra từ con số", "row": Sentence}
    )
    han_che: list[Sentence] = field(metadata={"label": "hạn chế, rút ra từ con số", "row": Sentence})
    nguoi_ky: str = said("người ký", "Trần Văn Ổn")
