"""Invented campaigns, visits and materials of the demo ward."""

from datetime import date, timedelta
from hashlib import sha256
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

# The smallest PDF that opens: one empty page.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/MediaBox[0 0 595 842]/Parent 2 0 R>>endobj trailer<</Root 1 0 R>>\n%%EOF"
)
TITLES = (
    ("Tờ rơi: vay vốn hộ nghèo (ví dụ)", "Vay vốn", "families"),
    ("Bài nói: kỹ năng vận động từng nhóm hộ (ví dụ)", "Kỹ năng truyền thông", "officers"),
    ("Hỏi đáp về rà soát hộ nghèo (ví dụ)", "Chính sách hiện hành", "both"),
)
ANSWERS = (("agreed", 40), ("considering", 25), ("refused", 20), ("absent", 15))
REFUSALS = ("no_capital", "risk", "no_labour", "health", "loses_benefit")
SAID = (
    "Để bàn với nhà đã",
    "Sợ không trả được nợ",
    "Nhà chỉ có một người làm",
    "Nghe cũng được, cho đi xem thử",
    "",
)


def make_outreach(programmes: dict[str, Programme]) -> int:
    """Materials, two campaigns with visits in every tổ dân phố, meetings; how many households were reached."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    _materials(ward)
    project = LivelihoodProject.objects.filter(ward=ward, ended_on=None).order_by("-started_on").first()
    campaigns = [
        Campaign.objects.create(
            ward=ward, name="Mời vào mô hình chăn nuôi (ví dụ)", purpose="Hộ nghèo có thêm thu nhập", classes=["poor"],
            starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 15), project=project,
        ),
        Campaign.objects.create(
            ward=ward, name="Vận động vay vốn làm ăn (ví dụ)", purpose="Hộ cận nghèo biết và dám vay",
            classes=["near_poor"], starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30), programme=programmes["loan"],
        ),
    ]  # fmt: skip
    activities, contacts = [], []
    for campaign in campaigns:
        listed = Status.objects.on(NOW).filter(area__parent=ward, classification__in=campaign.classes)
        homes = Household.objects.filter(pk__in=listed.values("household"), closed_date=None).order_by("code")
        for home in homes:
            rng = Random(f"outreach {campaign.name} {home.code}")  # noqa: S311 - invented
            if rng.random() < 0.55:
                day = campaign.starts_on + timedelta(days=rng.randint(0, 75))
                if day <= NOW:
                    visit = Activity(
                        campaign=campaign, area_id=home.area_id, kind="visit", date=day, subject=campaign.purpose,
                        led_by="Cán bộ tổ dân phố (ví dụ)",
                    )  # fmt: skip
                    activities.append(visit)
                    contacts.append(_contact(visit, home, rng))
    Activity.objects.bulk_create(activities, batch_size=1000)
    Contact.objects.bulk_create(contacts, batch_size=1000)
    return len(contacts)


def _contact(visit: Activity, home: Household, rng: Random) -> Contact:
    answer = rng.choices([each for each, _ in ANSWERS], [share for _, share in ANSWERS])[0]
    again = visit.date + timedelta(days=rng.randint(15, 80)) if answer in {"considering", "absent"} else None
    return Contact(
        activity=visit, household=home, person=home.head_name if answer != "absent" else "", said=rng.choice(SAID),
        answer=answer, refusal=rng.choice(REFUSALS) if answer == "refused" else "",
        next_visit_on=again if again and again > NOW - timedelta(days=20) else None,
    )  # fmt: skip


def _materials(ward: Area) -> None:
    for title, topic, audience in TITLES:
        made = Material.objects.create(
            ward=ward, title=title, topic=topic, audience=audience, author="Máy bịa ra để minh hoạ",
            file_name="minh-hoa.pdf", size=len(PDF), sha256=sha256(PDF).hexdigest(),
        )  # fmt: skip
        MaterialFile.objects.create(of=made, content=PDF)
