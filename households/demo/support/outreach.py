"""Invented campaigns, meetings, visits and materials of the demo ward."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from random import Random

from households.demo.plan import NOW
from households.models import (
    Activity,
    Campaign,
    Contact,
    Household,
    LivelihoodProject,
    Material,
    MaterialFile,
    Programme,
    Status,
)
from thanhsen.models import Area

SEED = "outreach"
MEETINGS, PRESENT = 2, 3  # meetings of a campaign and tổ dân phố; households named at each, at most
LED_BY = "Cán bộ tổ dân phố (ví dụ)"
TITLES = (
    ("Tờ rơi: vay vốn hộ nghèo (ví dụ)", "Vay vốn", "families", "Invented leaflet: loans for poor households"),
    ("Bài nói: kỹ năng vận động từng nhóm hộ (ví dụ)", "Kỹ năng truyền thông", "officers", "Invented talk: how to persuade"),
    ("Hỏi đáp về rà soát hộ nghèo (ví dụ)", "Chính sách hiện hành", "both", "Invented questions: the yearly review"),
)  # fmt: skip
ANSWERS = (("agreed", 40), ("considering", 25), ("refused", 20), ("absent", 15))
REFUSALS = ("no_capital", "no_capital", "risk", "risk", "no_labour", "health", "loses_benefit", "no_skill")
SAID = (
    "Để bàn với nhà đã",
    "Sợ không trả được nợ",
    "Nhà chỉ có một người làm",
    "Nghe cũng được, cho đi xem thử",
    "",
)


def make_outreach(programmes: dict[str, Programme]) -> int:
    """Materials, three campaigns with meetings and visits in every tổ dân phố, the same every time; how many
    households were spoken with. No trail of its own: as the rest of the demo, it is one load."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    materials = _materials(ward)
    project = LivelihoodProject.objects.filter(ward=ward, ended_on=None).order_by("-started_on", "pk").first()
    campaigns = [
        ("Mời vào mô hình chăn nuôi (ví dụ)", "Hộ nghèo có thêm thu nhập", ["poor"], date(2026, 9, 1), date(2026, 12, 15), project, None),
        ("Vận động vay vốn làm ăn (ví dụ)", "Hộ cận nghèo biết và dám vay", ["near_poor"], date(2026, 3, 1), date(2026, 6, 30), None, programmes["loan"]),
        ("Giữ vững sau khi thoát nghèo (ví dụ)", "Hộ mới thoát nghèo không tái nghèo", ["left_poor", "left_near_poor"], date(2026, 10, 1), date(2026, 12, 31), None, None),
    ]  # fmt: skip
    count = 0
    for name, purpose, classes, first, last, model, programme in campaigns:
        made = Campaign.objects.create(
            ward=ward, name=name, purpose=purpose, classes=classes, starts_on=first, ends_on=last, project=model,
            programme=programme, term_months=36 if "left_poor" in classes else None,
        )  # fmt: skip
        made.materials.set(materials)
        count += _carried_out(made, list(_homes(ward, classes)))
    return count


def _homes(ward: Area, classes: Sequence[str]):
    held = Status.objects.on(NOW).filter(area__parent=ward)
    left = "left_poor" in classes
    held = held.filter(classification__in=["not_poor", "average"] if left else classes)
    homes = Household.objects.filter(pk__in=held.values("household"), closed_date=None)
    return homes.order_by("area__code", "code")


def _carried_out(campaign: Campaign, homes: list[Household]) -> int:
    """A few meetings in each tổ dân phố in the first month, then visits to rather more than half of the households."""
    activities, contacts = [], []
    for area, living in groupby(homes, key=lambda each: each.area_id):
        there = list(living)
        for number in range(MEETINGS):
            rng = Random(f"{SEED} {campaign.name} {number} {there[0].code}")  # noqa: S311 - invented
            day = campaign.starts_on + timedelta(days=3 + 9 * number + rng.randint(0, 5))
            meeting = Activity(
                campaign=campaign, area_id=area, kind="meeting", date=day, subject=campaign.purpose, led_by=LED_BY,
                place="Nhà văn hoá tổ dân phố", attended=rng.randint(18, 60),
            )  # fmt: skip
            activities.append(meeting)
            present = [each for each in there if each.opened_date <= day]
            came = rng.sample(present, min(len(present), PRESENT))
            contacts += [Contact(activity=meeting, household=each, answer="informed") for each in came]
    for home in homes:
        rng = Random(f"{SEED} {campaign.name} {home.code}")  # noqa: S311 - invented
        day = campaign.starts_on + timedelta(days=rng.randint(31, 80))
        if rng.random() < 0.55 and home.opened_date <= day <= min(NOW, campaign.ends_on):
            visit = Activity(
                campaign=campaign, area_id=home.area_id, kind="visit", date=day, subject=campaign.purpose,
                led_by=LED_BY,
            )  # fmt: skip
            activities.append(visit)
            contacts.append(_contact(visit, home, rng))
    Activity.objects.bulk_create(activities, batch_size=1000)
    Contact.objects.bulk_create(contacts, batch_size=1000)
    return len({each.household_id for each in contacts})


def _contact(visit: Activity, home: Household, rng: Random) -> Contact:
    answer = rng.choices([each for each, _ in ANSWERS], [share for _, share in ANSWERS])[0]
    again = visit.date + timedelta(days=rng.randint(15, 80)) if answer in {"considering", "absent"} else None
    return Contact(
        activity=visit, household=home, person=home.head_name if answer != "absent" else "",
        said=rng.choice(SAID) if answer != "absent" else "",
        answer=answer, refusal=rng.choice(REFUSALS) if answer == "refused" else "",
        next_visit_on=again if again and again > NOW - timedelta(days=12) else None,
    )  # fmt: skip


def _materials(ward: Area) -> list[Material]:
    """Three files, each one page that says it is invented, and an address."""
    made = []
    for title, topic, audience, words in TITLES:
        content = _page(words)
        made.append(
            Material.objects.create(
                ward=ward, title=title, topic=topic, audience=audience, author="Máy bịa ra để minh hoạ",
                file_name=f"minh-hoa-{audience}.pdf", size=len(content), sha256=sha256(content).hexdigest(),
            )
        )  # fmt: skip
        MaterialFile.objects.create(of=made[-1], content=content)
    made.append(
        Material.objects.create(
            ward=ward, title="Trang tin của tỉnh (ví dụ về địa chỉ trên mạng)", topic="Chính sách hiện hành",
            audience="both", author="Máy bịa ra để minh hoạ", link="https://example.org/",
        )
    )  # fmt: skip
    return made


def _page(words: str) -> bytes:
    """A PDF of one page with one line, in the font every reader brings along (which has no Vietnamese letters)."""
    line = f"BT /F 20 Tf 60 760 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(line), line),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % each for each in places)
    size, start = len(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
