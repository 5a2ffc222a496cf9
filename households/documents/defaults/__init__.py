"""The templates the portal comes with: built in code, so that they can be read, reviewed and compared."""

from functools import cache

from households.documents.defaults import household, ward, yearly
from households.documents.kinds import Kind

BUILT = {
    "minutes": ward.minutes,
    "posting": ward.posting,
    "province_report": ward.province_report,
    "decision": ward.decision,
    "certificate": household.certificate,
    "refusal": household.refusal,
    "yearly_report": yearly.yearly_report,
    "plan": household.plan,
}


@cache
def default(kind: Kind) -> bytes:
    """The Word file of the portal's own template of `kind`."""
    return BUILT[kind.code]().saved()
