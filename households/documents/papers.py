"""What each paper may say, and no more: one dataclass per paper, from which its catalogue of fields is read.

The names of the fields are the words of the templates, which officers edit in Word: Vietnamese without marks.
Every value is a text, already written as it is printed.
"""

from dataclasses import dataclass, field, fields
from typing import Any


def said(label: str, example: str = "") -> Any:
    """A field that holds one text: what it is, and what stands there in the preview. A list names its `row`."""
    return field(metadata={"label": label, "example": example})


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What stands on every paper of the ward."""

    ten_tinh: str = said("tên tỉnh", "tỉnh Hà Tĩnh")
    ten_phuong: str = said("tên phường", "phường Thành Sen")
    dia_danh: str = said("nơi ghi trước ngày tháng", "Thành Sen")
    ngay_thang: str = said("ngày ký, viết bằng chữ “ngày … tháng … năm …”", "ngày 05 tháng 12 năm 2026")
    nam: str = said("năm của đợt rà soát, hoặc của văn bản", "2026")


@dataclass(frozen=True, kw_only=True)
class Ballot:
    tt: str = said("thứ tự", "1")
    chu_ho: str = said("họ tên chủ hộ", "Nguyễn Thị Đào")
    phan_loai: str = said("kết quả đọc tại cuộc họp", "Hộ nghèo")
    dong_y: str = said("số người đồng ý", "32")
    bieu_quyet: str = said("số người biểu quyết", "40")
    ket_qua: str = said("đạt hoặc chưa đạt 50 %", "Đạt")
    y_kien: str = said("ý kiến về hộ", "Không có ý kiến khác")


@dataclass(frozen=True, kw_only=True)
class Minutes(Paper):
    """Biên bản họp tổ dân phố."""

    dot: str = said("tên đợt rà soát", "Rà soát định kỳ năm 2026")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    ngay_hop: str = said("ngày họp, viết bằng chữ", "ngày 20 tháng 10 năm 2026")
    dia_diem: str = said("địa điểm họp", "Nhà văn hoá Tổ dân phố 1")
    chu_tri: str = said("người chủ trì", "Phạm Thị Ưởng")
    thu_ky: str = said("thư ký", "Hồ Ngọc Ẩn")
    so_nguoi_du: str = said("số người dự họp", "40")
    thanh_phan: str = said("thành phần dự họp", "Đại diện chi bộ, Ban công tác mặt trận và các hộ dân")
    y_kien_chung: str = said("ý kiến tại cuộc họp", "Cuộc họp không có ý kiến khác")
    so_ho: str = said("số hộ đưa ra biểu quyết", "3")
    so_ho_dat: str = said("số hộ từ 50 % đồng ý trở lên", "2")
    so_ho_khong_dat: str = said("số hộ chưa đạt 50 %", "1")
    danh_sach: list[Ballot] = field(metadata={"label": "các hộ biểu quyết", "row": Ballot})


@dataclass(frozen=True, kw_only=True)
class PostedLine:
    """All that may be posted in public (Luật 91/2025/QH15): head's name, tổ dân phố, class, result."""

    tt: str = said("thứ tự", "1")
    chu_ho: str = said("họ tên chủ hộ", "Nguyễn Thị Đào")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    phan_loai: str = said("phân loại", "Hộ nghèo")
    ket_qua: str = said("kết quả: vào, ở lại, ra khỏi danh sách", "Vào danh sách")


@dataclass(frozen=True, kw_only=True)
class PostedList(Paper):
    """Danh sách niêm yết."""

    dot: str = said("tên đợt rà soát", "Rà soát định kỳ năm 2026")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    tu_ngay: str = said("niêm yết từ ngày", "21/10/2026")
    den_ngay: str = said("đến hết ngày", "23/10/2026")
    noi_niem_yet: str = said("nơi niêm yết", "Nhà văn hoá Tổ dân phố 1 và trụ sở UBND phường Thành Sen")
    lan_niem_yet: str = said("chữ “niêm yết lại sau phúc tra”; để trống ở lần đầu", "")
    so_ho: str = said("số hộ trong danh sách", "3")
    danh_sach: list[PostedLine] = field(metadata={"label": "các hộ niêm yết", "row": PostedLine})


@dataclass(frozen=True, kw_only=True)
class GroupCount:
    tt: str = said("thứ tự", "1")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    so_ho: str = said("số hộ được rà soát", "12")
    ho_ngheo: str = said("số hộ nghèo", "5")
    ho_can_ngheo: str = said("số hộ cận nghèo", "4")
    ho_trung_binh: str = said("số hộ có mức sống trung bình", "0")
    khong_ngheo: str = said("số hộ không nghèo", "3")


@dataclass(frozen=True, kw_only=True)
class ReportedLine:
    tt: str = said("thứ tự", "1")
    chu_ho: str = said("họ tên chủ hộ", "Nguyễn Thị Đào")
    ma_ho: str = said("mã hộ", "TS-000001")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    so_khau: str = said("số nhân khẩu", "4")
    phan_loai: str = said("kết quả rà soát", "Hộ nghèo")


@dataclass(frozen=True, kw_only=True)
class Counts(Paper):
    """How many households and people of each class a paper is about."""

    dot: str = said("tên đợt rà soát", "Rà soát định kỳ năm 2026")
    so_ho: str = said("tổng số hộ trong văn bản", "3")
    so_khau: str = said("tổng số nhân khẩu của các hộ đó", "11")
    so_ho_ngheo: str = said("số hộ nghèo", "1")
    so_khau_ngheo: str = said("số nhân khẩu hộ nghèo", "4")
    so_ho_can_ngheo: str = said("số hộ cận nghèo", "1")
    so_khau_can_ngheo: str = said("số nhân khẩu hộ cận nghèo", "4")
    so_ho_trung_binh: str = said("số hộ có mức sống trung bình", "0")
    so_ho_khong_ngheo: str = said("số hộ không nghèo", "1")


@dataclass(frozen=True, kw_only=True)
class ProvinceReport(Counts):
    """Báo cáo kết quả rà soát xin ý kiến tỉnh."""

    so_bao_cao: str = said("số báo cáo", "25/BC-UBND")
    han_tra_loi: str = said("hạn tỉnh trả lời", "12/12/2026")
    tong_hop: list[GroupCount] = field(metadata={"label": "số hộ theo tổ dân phố", "row": GroupCount})
    danh_sach: list[ReportedLine] = field(metadata={"label": "các hộ trong báo cáo", "row": ReportedLine})


@dataclass(frozen=True, kw_only=True)
class DecisionPaper(Counts):
    """Quyết định công nhận, kèm danh sách."""

    so_quyet_dinh: str = said("số quyết định", "05/QĐ-UBND")
    nguoi_ky: str = said("người ký", "Trần Văn Ổn")
    can_cu_chuan: str = said(
        "nghị định của chuẩn nghèo",
        "Nghị định 07/2021/NĐ-CP, tiếp tục áp dụng cho năm 2026 theo Nghị định 351/2025/NĐ-CP",
    )
    so_bao_cao: str = said("số báo cáo xin ý kiến tỉnh; để trống nếu không có", "25/BC-UBND")
    dinh_chinh: str = said("quyết định được đính chính; để trống nếu không phải đính chính", "")
    ly_do: str = said("lý do đính chính hoặc quyết định muộn; có thể trống", "")
    danh_sach: list[ReportedLine] = field(metadata={"label": "các hộ theo quyết định", "row": ReportedLine})


@dataclass(frozen=True, kw_only=True)
class Person:
    tt: str = said("thứ tự", "1")
    ho_ten: str = said("họ và tên", "Nguyễn Thị Đào")
    quan_he: str = said("quan hệ với chủ hộ", "Chủ hộ")
    gioi_tinh: str = said("giới tính", "Nữ")
    nam_sinh: str = said("năm sinh", "1961")


@dataclass(frozen=True, kw_only=True)
class HouseholdPaper(Paper):
    """What stands on every paper that goes home to one household."""

    chu_ho: str = said("họ tên chủ hộ", "Nguyễn Thị Đào")
    ma_ho: str = said("mã hộ", "TS-000001")
    dia_chi: str = said("địa chỉ; có thể trống", "Số 12, đường Lê Duẩn")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    so_quyet_dinh: str = said("số quyết định; có thể trống", "05/QĐ-UBND")
    ngay_quyet_dinh: str = said("ngày quyết định, viết bằng chữ; có thể trống", "ngày 05 tháng 12 năm 2026")


@dataclass(frozen=True, kw_only=True)
class CertificatePaper(HouseholdPaper):
    """Giấy chứng nhận hộ nghèo, hộ cận nghèo, hộ thoát nghèo."""

    ten_giay: str = said("tên giấy, viết hoa", "GIẤY CHỨNG NHẬN HỘ NGHÈO")
    so_giay: str = said("số giấy", "01/GCN-UBND")
    loai_ho: str = said("được chứng nhận là", "hộ nghèo")
    tu_ngay: str = said("từ ngày", "05/12/2026")
    thay_giay: str = said("số giấy được thay khi cấp lại; để trống ở lần đầu", "")
    nguoi_ky: str = said("người ký quyết định", "Trần Văn Ổn")
    so_khau: str = said("số nhân khẩu theo quyết định", "3")
    thanh_vien: list[Person] = field(metadata={"label": "những người trong hộ", "row": Person})


@dataclass(frozen=True, kw_only=True)
class Reason:
    tt: str = said("thứ tự", "1")
    noi_dung: str = said("lý do", "Điểm B1 là 190, cao hơn ngưỡng 175 của khu vực thành thị.")


@dataclass(frozen=True, kw_only=True)
class Refusal(HouseholdPaper):
    """Thông báo hộ không được công nhận, nêu lý do."""

    dot: str = said("tên đợt rà soát", "Rà soát định kỳ năm 2026")
    so_thong_bao: str = said("số thông báo", "07/TB-UBND")
    don: str = said("đơn của hộ; để trống nếu hộ không làm đơn", "Đơn mẫu 01 ngày 02/09/2026")
    ket_qua: str = said("kết quả rà soát", "Không nghèo")
    ly_do: list[Reason] = field(metadata={"label": "các lý do, mỗi dòng một ý", "row": Reason})


@dataclass(frozen=True, kw_only=True)
class PlanNeed:
    tt: str = said("thứ tự", "1")
    noi_dung: str = said("nhu cầu: chỉ số thiếu hụt, nguyên nhân hoặc nhu cầu khác", "Nguồn nước sinh hoạt")
    loi_gia_dinh: str = said("lời gia đình; có thể trống", "Nhà xin nối ống nước máy")


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    tt: str = said("thứ tự", "1")
    viec_lam: str = said("việc làm", "Làm hồ sơ vay vốn")
    chinh_sach: str = said("bằng chính sách; có thể trống", "Vay vốn ưu đãi")
    nhu_cau: str = said("cho nhu cầu; để trống khi là việc chung", "Việc làm")
    ai_lam: str = said("ai làm", "Gia đình: bà Đào")
    truoc_ngay: str = said("làm trước ngày", "01/03/2027")


@dataclass(frozen=True, kw_only=True)
class PlanPaper(Paper):
    """Kế hoạch hỗ trợ thoát nghèo của một hộ."""

    chu_ho: str = said("họ tên chủ hộ", "Nguyễn Thị Đào")
    ma_ho: str = said("mã hộ", "TS-000001")
    dia_chi: str = said("địa chỉ; có thể trống", "Số 12, đường Lê Duẩn")
    to_dan_pho: str = said("tổ dân phố", "Tổ dân phố 1")
    phan_loai: str = said("phân loại khi ký; có thể trống", "hộ nghèo từ ngày 05/12/2026")
    muc_tieu: str = said("mục tiêu", "Thoát nghèo cuối năm 2027")
    phan_dau: str = said("phấn đấu đến ngày; có thể trống", "31/12/2027")
    y_kien: str = said("ý kiến của gia đình; có thể trống", "Gia đình xin được vay vốn")
    xem_lai: str = said("ngày xem lại lần đầu; bản chưa ký để chấm", "05/03/2027")
    nguoi_ky: str = said("người ký của gia đình; bản chưa ký để trống", "Nguyễn Thị Đào")
    phu_trach: str = said("cán bộ phụ trách; có thể trống", "Trần Văn Ổn")
    nhu_cau: list[PlanNeed] = field(metadata={"label": "các nhu cầu khi ký", "row": PlanNeed})
    viec: list[PlanLine] = field(metadata={"label": "các việc của kế hoạch", "row": PlanLine})


def own_fields(paper: type) -> dict[str, str]:
    """Field → label of the fields of a paper or row that hold one text."""
    return {each.name: each.metadata["label"] for each in fields(paper) if "row" not in each.metadata}


def lists(paper: type) -> dict[str, tuple[str, type]]:
    """Field → (label, type of a row) of the lists of a paper."""
    return {
        each.name: (each.metadata["label"], each.metadata["row"])
        for each in fields(paper)
        if "row" in each.metadata
    }
