"""The columns of a list of trainees, and the workbook to fill in."""

from collections.abc import Callable

from households.exchange.imports import choices, days
from households.exchange.imports.cells import full_name, text
from households.exchange.imports.column import LISTED, YES_OR_NO, Column
from households.exchange.imports.figures import yes_no
from households.exchange.imports.household_columns import MARKED, born
from households.exchange.imports.ids import phone
from households.exchange.imports.template import COMMON
from thanhsen.workbook import Fill, write_plain
from trainings.models import RosterImport, Trainee

KIND = RosterImport.kind
SHEET = "Học viên"
POSITIONS = dict(Trainee.Position.choices)
GROUPS = dict(Trainee.Group.choices)
POSITION_WORDS = {
    "official": "công chức, công chức văn hoá xã hội, công chức lao động, chuyên viên, cán bộ phường, công chức phường xã, cán bộ công chức, viên chức",
    "group_leader": "tổ trưởng, tổ trưởng tdp, trưởng thôn, tổ phó, tổ phó tổ dân phố, thôn trưởng",
    "party_secretary": "bí thư, bí thư chi bộ tổ dân phố, bí thư chi bộ tdp, btcb, bí thư chi bộ kiêm tổ trưởng, phó bí thư chi bộ",
    "front_head": "trưởng ban ctmt, tbctmt, trưởng ban công tác mặt trận tổ dân phố, trưởng ban mặt trận, ban công tác mặt trận, trưởng ban công tác mt",
    "collaborator": "cộng tác viên, ctv giảm nghèo, ctv, cộng tác viên giảm nghèo tổ dân phố",
    "communicator": "truyền thông, cán bộ tuyên truyền, tuyên truyền viên, cộng tác viên truyền thông, ctv truyền thông, đài truyền thanh",
    "association": "hội, đoàn thể, cán bộ hội, hội phụ nữ, chi hội trưởng phụ nữ, hội nông dân, chi hội trưởng nông dân, cựu chiến binh, hội cựu chiến binh, đoàn thanh niên, bí thư chi đoàn, chi hội trưởng, chi hội trưởng chi hội phụ nữ, hội người cao tuổi",
    "other": "chức vụ khác",
}
GROUP_WORDS = {
    "poverty": "giảm nghèo bền vững, cán bộ giảm nghèo, cbgn, làm công tác giảm nghèo, nhóm giảm nghèo, gn",
    "communication": "cán bộ truyền thông, tuyên truyền, làm công tác truyền thông, nhóm truyền thông, tt",
}


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word.strip().casefold(): code for code, words in table.items() for word in words.split(",")}


def _born_a(sex: str) -> Callable[[str], dict[str, str]]:
    return lambda taken: {"sex": sex} | ({} if taken == MARKED else days.fields_of_birth(taken))


COLUMNS = (
    Column(
        "full_name", "Họ và tên", full_name, "person",
        "ho ten, hoten, ten, hoc vien, ho va ten hoc vien, ho ten hoc vien, ten hoc vien, ho va ten can bo, ho ten can bo, ho va ten nguoi duoc cu, ho chu dem va ten, ho va ten dai bieu",
        "Mỗi người một dòng.", 26, required=True,
    ),
    Column(
        "birth", "Ngày, năm sinh", days.birth, "person",
        "ngay sinh, nam sinh, ngay thang nam sinh, ngay sinh hoac nam sinh, ns, sinh nam, ntns, ngay sinh nam sinh, nam sinh ngay sinh, sinh ngay",
        "05/12/1980; không rõ ngày thì chỉ ghi năm: 1980.", 13, fills=days.fields_of_birth, is_day=True,
    ),
    Column(
        "born_male", "Năm sinh (nam)", born, "person",
        "nam, nam sinh nam, ngay sinh nam, ngay thang nam sinh nam, gioi tinh nam, gioi nam, nam gioi", is_offered=False,
        fills=_born_a("male"), is_day=True,
    ),
    Column(
        "born_female", "Năm sinh (nữ)", born, "person",
        "nu, nam sinh nu, ngay sinh nu, ngay thang nam sinh nu, gioi tinh nu, gioi nu, nu gioi", is_offered=False,
        fills=_born_a("female"), is_day=True,
    ),
    Column("sex", "Giới tính", choices.sex, "person", "gioi, nam nu, phai, gioi tinh nam nu, gt", LISTED, 10, choices.SEX),
    Column(
        "ethnicity", "Dân tộc", choices.ethnicity, "person", "dt toc, ten dan toc, thanh phan dan toc",
        "Chỉ ghi khi cần. " + LISTED, 12, choices.ETHNICITY,
        fills=lambda taken: {"ethnicity": choices.ETHNICITY[taken]},
    ),
    Column(
        "position", "Chức vụ", choices.choice(POSITIONS, _words(POSITION_WORDS)), "person",
        "chuc danh, chuc vu chuc danh, chuc vu don vi cong tac, chuc danh chuc vu, nhiem vu", LISTED, 26, POSITIONS, required=True,
    ),
    Column(
        "position_note", "Chức vụ, ghi rõ", text, "person", "chuc vu ghi ro, chuc vu cu the, chuc danh cu the",
        "Ghi nguyên văn nếu cần in khác, ví dụ: Tổ trưởng kiêm Bí thư chi bộ.", 24,
    ),
    Column(
        "unit", "Đơn vị", text, "person",
        "don vi cong tac, co quan don vi, to dan pho, tdp, don vi to dan pho, to dan pho don vi, noi cong tac, dia ban, don vi cu, ten don vi, co quan, dia chi, don vi tdp, thon to dan pho, thon",
        "Tên như trong danh sách đơn vị, ví dụ: Tổ dân phố 1.", 26, required=True,
    ),
    Column(
        "group", "Nhóm", choices.choice(GROUPS, _words(GROUP_WORDS)), "person", "nhom hoc vien, linh vuc, doi tuong, nhom doi tuong, cong tac phu trach",
        LISTED, 14, GROUPS, required=True,
    ),
    Column(
        "is_salaried", "Hưởng lương NSNN", yes_no, "person",
        "huong luong, huong luong ngan sach, huong luong ngan sach nha nuoc, luong nsnn, huong luong nsnn co khong, co huong luong",
        YES_OR_NO, 12, choices.YES_NO,
    ),
    Column(
        "phone", "Điện thoại", phone, "person", "so dien thoai, dt, sdt, so dt, dien thoai lien he, so dien thoai lien he, dtdd, di dong",
        "10 chữ số, giữ cả số 0 ở đầu.", 14,
    ),
    Column("training_class", "Lớp", text, "person", "lop hoc, lop so, xep lop, ten lop, hoc lop", "Để trống nếu chưa chia lớp.", 12),
    Column("note", "Ghi chú", text, "person", "ghi chu khac, luu y, chu thich", "", 24),
)  # fmt: skip
BY_NAME = {each.name: each for each in COLUMNS}
GUIDE = (
    "Cách ghi danh sách học viên",
    "Mỗi người một dòng; không cần cột số thứ tự.",
    "“Đơn vị” là nơi cử người đi: tổ dân phố, phòng của phường, hội, đoàn thể. Đơn vị chưa có trên cổng thì khi nạp cổng hỏi có thêm không.",
    "Một người chỉ một lần trong khoá. Hai người cùng đơn vị, cùng họ tên, cùng năm sinh: cổng hỏi có phải hai người khác nhau không.",
    "Để trống: giữ nguyên điều cổng đang có về người ấy.",
    "Số điện thoại là 10 chữ số, giữ cả số 0 ở đầu; cột này là kiểu Văn bản nên Excel không làm mất số 0.",
    "Chỉ biết năm sinh thì ghi bốn chữ số của năm: 1980.",
    *COMMON[:-1],
    "Nạp xong, cổng kiểm từng dòng và cho xem trước: người mới, người thay đổi, dòng sai. Chưa có ai vào danh sách cho đến khi bấm ghi, và sau đó vẫn hoàn tác được.",
)
EXAMPLES = (
    {
        "full_name": "Nguyễn Văn Mẫu", "birth": "05/12/1980", "sex": "male", "position": "group_leader", "unit": "Tổ dân phố Ví dụ 1",
        "group": "poverty", "is_salaried": "false", "phone": "0912000001",
    },
    {
        "full_name": "Lê Thị Dụ", "birth": "1986", "sex": "female", "position": "association", "position_note": "Chi hội trưởng phụ nữ",
        "unit": "Hội Phụ nữ phường", "group": "communication", "is_salaried": "true", "phone": "0912000002",
    },
)  # fmt: skip


def template() -> bytes:
    """An empty workbook for a list of trainees."""
    offered = [each for each in COLUMNS if each.is_offered]
    fills = [Fill(each.heading, each.width, each.hint, tuple(each.choices.values())) for each in offered]
    examples = [[each.shown(line.get(each.name, "")) or None for each in offered] for line in EXAMPLES]
    return write_plain(SHEET, fills, [], GUIDE, examples)
