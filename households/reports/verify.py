"""Whether what is stored of a closed year is still what was kept."""

from hashlib import sha256

from households.actions.years import digest
from households.models import Snapshot
from thanhsen.models import Event


def verified(snapshot: Snapshot) -> list[str]:
    """What is wrong, as sentences; nothing when all is as it was. Reads every byte: the content and each file is
    hashed anew, and the digest of all held against the one stored and against the trail. Two queries."""
    wrong = []
    try:
        content = sha256(snapshot.text).hexdigest()
    except Exception:
        return ["Nội dung lưu không còn đọc được."]
    files = []
    for file in snapshot.files.order_by("form"):
        found = sha256(bytes(file.data)).hexdigest()
        files.append((file.form, found))
        if found != file.sha256:
            wrong.append(f"Tệp {file.name} khác lúc chốt.")
    if digest(content, files) != snapshot.digest:
        wrong.append("Mã kiểm tra tính lại khác mã đã lưu.")
    noted = Event.objects.filter(
        act="snapshot.keep", record_type=Snapshot._meta.label_lower, record_id=snapshot.pk
    ).values_list("after", flat=True)
    if [(each or {}).get("digest") for each in noted] != [snapshot.digest]:
        wrong.append("Mã kiểm tra khác mã ghi trong nhật ký.")
    return wrong
