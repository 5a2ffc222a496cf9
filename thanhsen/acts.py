"""The acts of the trail, as they are named on screen."""

ACTS = {
    "sign_in": "Đăng nhập",
    "sign_out": "Đăng xuất",
    "sign_in_failed": "Đăng nhập sai",
    "sign_in_locked": "Bị khoá vì đăng nhập sai nhiều lần",
    "user.create": "Tạo tài khoản",
    "user.update": "Sửa tài khoản",
    "user.password_reset": "Cấp lại mật khẩu",
    "user.password_change": "Tự đổi mật khẩu",
    "user.unlock": "Mở khoá đăng nhập",
    "area.create": "Thêm địa bàn",
    "area.update": "Sửa địa bàn",
    "area.end": "Kết thúc địa bàn",
    "household.create": "Đưa hộ vào sổ",
    "household.update": "Sửa thông tin hộ",
    "household.close": "Đưa hộ ra khỏi sổ",
    "household.view": "Xem hộ",
    "household.list": "Xem danh sách hộ",
    "member.create": "Thêm thành viên",
    "member.update": "Sửa thành viên",
    "member.leave": "Cho thành viên rời hộ",
    "sheet.start": "Lập phiếu",
    "sheet.save": "Lưu phiếu",
    "sheet.submit": "Nộp phiếu",
    "sheet.approve": "Duyệt phiếu",
    "sheet.return": "Trả lại phiếu",
    "sheet.view": "Xem phiếu",
    "sheet.list": "Xem danh sách phiếu",
    "round.create": "Mở đợt rà soát",
    "round.update": "Sửa đợt rà soát",
    "round.close": "Đóng đợt rà soát",
    "decision.make": "Ban hành quyết định",
    "decision.view": "Xem quyết định",
    "total.save": "Nhập tổng số hộ",
    "report.view": "Xem báo cáo",
    "report.export": "Xuất báo cáo",
    "demo.load": "Nạp dữ liệu minh hoạ",
}


def name_of(act: str) -> str:
    return ACTS.get(act, act)
