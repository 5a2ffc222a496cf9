"""From the records of the review to the words of a paper. Each costs a fixed few queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from households.documents import papers
from households.models import (
    Certificate,
    Decision,
    Meeting,
    Member,
    Notice,
    Opinion,
    Posting,
    Relationship,
    Sex,
    Sheet,
)
from households.poverty import Classification, load
from thanhsen.models import Area
from thanhsen.papers.wording import inside, numbered, place_name, spoken_day
from thanhsen.vietnamese import day, number

KEPT_ON = date(
    2025, 12, 30
)  # of Nghị định 351/2025/NĐ-CP, which kept the standard 2022-2026 for one year more
RANK = {each.value: each.label for each in Classification}


def of_meeting(meeting: Meeting) -> papers.Minutes:
    votes = meeting.votes.select_related("sheet__household", "score").order_by(
        "sheet__household__sort_key", "pk"
    )
    rows = [
        papers.Ballot(
            tt=str(place), chu_ho=each.sheet.household.head_name, phan_loai=RANK[each.score.classification],
            dong_y=number(each.agreed), bieu_quyet=number(each.present), ket_qua="Đạt" if each.passed else "Chưa đạt",
            y_kien=each.opinion,
        )
        for place, each in enumerate(votes, start=1)
    ]  # fmt: skip
    passed = sum(each.ket_qua == "Đạt" for each in rows)
    return papers.Minutes(
        **letterhead(meeting.round.ward, meeting.held_on, meeting.round.year), dot=meeting.round.name,
        to_dan_pho=meeting.area.name, ngay_hop=spoken_day(meeting.held_on), dia_diem=meeting.place,
        chu_tri=meeting.chair, thu_ky=meeting.secretary, so_nguoi_du=number(meeting.present),
        thanh_phan=meeting.attendees.rstrip(". \n"), y_kien_chung=meeting.opinions, so_ho=number(len(rows)),
        so_ho_dat=number(passed), so_ho_khong_dat=number(len(rows) - passed), danh_sach=rows,
    )  # fmt: skip


def of_posting(posting: Posting) -> papers.PostedList:
    lines = posting.lines.order_by("sheet__household__sort_key", "pk")
    rows = [
        papers.PostedLine(
            tt=str(place), chu_ho=each.head_name, to_dan_pho=posting.area.name, phan_loai=RANK[each.classification],
            ket_qua=each.get_outcome_display(),
        )
        for place, each in enumerate(lines, start=1)
    ]  # fmt: skip
    return papers.PostedList(
        **letterhead(posting.round.ward, posting.starts_on, posting.round.year), dot=posting.round.name,
        to_dan_pho=posting.area.name, tu_ngay=day(posting.starts_on), den_ngay=day(posting.ends_on),
        noi_niem_yet=posting.place, lan_niem_yet="niêm yết lại sau phúc tra" if posting.after_recheck else "",
        so_ho=number(len(rows)), danh_sach=rows,
    )  # fmt: skip


def of_opinion(opinion: Opinion) -> papers.ProvinceReport:
    """The households that stand on this letter now: those the province sent back are on it no more."""
    sheets = (
        Sheet.objects.filter(opinion=opinion)
        .select_related("household__area", "score")
        .order_by("household__area__sort_key", "household__sort_key", "pk")
    )
    rows = [
        (
            each.household,
            each.household.area.name,
            len((each.facts or {}).get("people", [])),
            each.score.classification,
        )
        for each in sheets
        if each.score
    ]
    return papers.ProvinceReport(
        **letterhead(opinion.round.ward, opinion.sent_on, opinion.round.year), **_counts(rows), dot=opinion.round.name,
        so_bao_cao=numbered(opinion.letter_number), han_tra_loi=day(opinion.due_on), tong_hop=_groups(rows),
        danh_sach=_lines(rows),
    )  # fmt: skip


def of_decision(decision: Decision) -> papers.DecisionPaper:
    statuses = (
        decision.statuses.as_decided()
        .select_related("household", "area")
        .order_by("area__sort_key", "household__sort_key", "pk")
    )
    rows = [(each.household, each.area.name, each.size, each.classification) for each in statuses]
    corrected, round_ = decision.corrects, decision.round
    letters = (
        Opinion.objects.filter(sheets__decision=decision)
        .order_by("pk")
        .values_list("letter_number", flat=True)
    )
    return papers.DecisionPaper(
        **letterhead(decision.ward, decision.date, round_.year if round_ else decision.date.year), **_counts(rows),
        dot=round_.name if round_ else "[đợt rà soát]", so_quyet_dinh=numbered(decision.number),
        nguoi_ky=decision.signer, can_cu_chuan=_ground(decision),
        so_bao_cao=", ".join(numbered(each) for each in dict.fromkeys(letters)),
        dinh_chinh=f"Quyết định số {numbered(corrected.number)} {spoken_day(corrected.date)}" if corrected else "",
        ly_do=decision.reason, danh_sach=_lines(rows),
    )  # fmt: skip


def of_certificates(certificates: Iterable[Certificate]) -> list[papers.CertificatePaper]:
    """Certificates loaded with ward__parent, household__area, status__decision, status__score__sheet, replaces."""
    found = list(certificates)
    present = _present_people([each.household_id for each in found])
    return [_certificate(each, present.get(each.household_id, [])) for each in found]


def of_notice(notice: Notice) -> papers.Refusal:
    listing = notice.listing
    sheet = getattr(listing, "sheet", None)
    decision = sheet.decision if sheet else None
    reasons = [each.strip() for each in notice.reasons.splitlines() if each.strip()]
    result = "dừng ở Phiếu A, không lập Phiếu B"
    if decision:
        result = RANK[
            decision.statuses.as_decided()
            .filter(household=listing.household_id)
            .values_list("classification", flat=True)[0]
        ]
    return papers.Refusal(
        **letterhead(listing.round.ward, notice.issued_on, listing.round.year), **_household(listing.household, decision),
        dot=listing.round.name, so_thong_bao=numbered(notice.number), don=str(listing.request or ""), ket_qua=result,
        ly_do=[papers.Reason(tt=str(place), noi_dung=each) for place, each in enumerate(reasons, start=1)],
    )  # fmt: skip


def letterhead(ward: Area, signed: date | None, year: int) -> dict[str, str]:
    """What stands on every paper of a ward loaded with its province."""
    province = ward.parent.name if ward.parent else ""
    return {
        "ten_tinh": inside(province), "ten_phuong": inside(ward.name), "dia_danh": place_name(ward.name),
        "ngay_thang": spoken_day(signed), "nam": str(year),
    }  # fmt: skip


def _ground(decision: Decision) -> str:
    """The decree of the standard, as it could be cited on the day of the decision."""
    basis = load(decision.standard_id).legal_basis
    return basis.partition(",")[0] if decision.date < KEPT_ON else basis


def _counts(rows: list) -> dict[str, str]:
    of = {each: [size for _, _, size, found in rows if found == each] for each in RANK}
    return {
        "so_ho": number(len(rows)), "so_khau": number(sum(size for _, _, size, _ in rows)),
        "so_ho_ngheo": number(len(of["poor"])), "so_khau_ngheo": number(sum(of["poor"])),
        "so_ho_can_ngheo": number(len(of["near_poor"])), "so_khau_can_ngheo": number(sum(of["near_poor"])),
        "so_ho_trung_binh": number(len(of["average"])), "so_ho_khong_ngheo": number(len(of["not_poor"])),
    }  # fmt: skip


def _groups(rows: list) -> list[papers.GroupCount]:
    found: dict[str, list[str]] = {}
    for _, group, _, classification in rows:
        found.setdefault(group, []).append(classification)
    return [
        papers.GroupCount(
            tt=str(place), to_dan_pho=group, so_ho=number(len(classes)), ho_ngheo=number(classes.count("poor")),
            ho_can_ngheo=number(classes.count("near_poor")), ho_trung_binh=number(classes.count("average")),
            khong_ngheo=number(classes.count("not_poor")),
        )
        for place, (group, classes) in enumerate(found.items(), start=1)
    ]  # fmt: skip


def _lines(rows: list) -> list[papers.ReportedLine]:
    return [
        papers.ReportedLine(
            tt=str(place), chu_ho=household.head_name, ma_ho=household.code, to_dan_pho=group, so_khau=number(size),
            phan_loai=RANK[classification],
        )
        for place, (household, group, size, classification) in enumerate(rows, start=1)
    ]  # fmt: skip


def _household(household: Any, decision: Decision | None) -> dict[str, str]:
    return {
        "chu_ho": household.head_name, "ma_ho": household.code, "dia_chi": household.address,
        "to_dan_pho": household.area.name, "so_quyet_dinh": numbered(decision.number) if decision else "",
        "ngay_quyet_dinh": spoken_day(decision.date) if decision else "",
    }  # fmt: skip


KINDS_OF_HOUSEHOLD = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "left": "hộ thoát nghèo, thoát cận nghèo",
}


def _certificate(certificate: Certificate, present: list[dict]) -> papers.CertificatePaper:
    status = certificate.status
    sheet = status.score.sheet if status.score else None
    # Who was in the household when it was surveyed; for a decision without a sheet, who is in it now.
    people = ((sheet.facts or {}).get("people") if sheet else None) or present
    words = _household(certificate.household, status.decision) | {"chu_ho": certificate.holder}
    return papers.CertificatePaper(
        **letterhead(certificate.ward, certificate.issued_on, certificate.year), **words,
        ten_giay=certificate.get_kind_display().upper(), so_giay=numbered(certificate.number),
        loai_ho=KINDS_OF_HOUSEHOLD[certificate.kind], tu_ngay=day(status.valid_from),
        thay_giay=numbered(certificate.replaces.number) if certificate.replaces else "",
        nguoi_ky=status.decision.signer, so_khau=number(status.size),
        thanh_vien=[_person(place, each) for place, each in enumerate(people, start=1)],
    )  # fmt: skip


def _person(place: int, person: dict) -> papers.Person:
    return papers.Person(
        tt=str(place), ho_ten=person["name"], quan_he=Relationship(person["relationship"]).label,
        gioi_tinh=Sex(person["sex"]).label, nam_sinh=str(person["birth_year"]),
    )  # fmt: skip


def _present_people(households: list[int]) -> dict[int, list[dict]]:
    """Household → its people now, in the shape of a sheet's facts."""
    found: dict[int, list[dict]] = {}
    for each in Member.objects.present().filter(household__in=households).head_first():
        person = {
            "name": each.full_name,
            "relationship": each.relationship,
            "sex": each.sex,
            "birth_year": each.birth_year,
        }
        found.setdefault(each.household_id, []).append(person)
    return found
