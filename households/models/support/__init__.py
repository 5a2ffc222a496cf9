"""What comes after the class: needs and plans, programmes and what was received, models, shocks, outreach."""

from households.models.support.contacts import Contact, ContactChange
from households.models.support.livelihoods import FollowUp, LivelihoodProject, Participation
from households.models.support.materials import Material, MaterialFile
from households.models.support.outreach import Activity, Campaign
from households.models.support.plans import Need, Plan, PlanReview, PlanStep
from households.models.support.programmes import Budget, Entitled, Group, Policy, Programme
from households.models.support.shocks import ShockEvent, ShockImpact
from households.models.support.supports import Receipt, Support
from households.models.support.vulnerability import Side, Vulnerability

__all__ = [
    "Activity",
    "Budget",
    "Campaign",
    "Contact",
    "ContactChange",
    "Entitled",
    "FollowUp",
    "Group",
    "LivelihoodProject",
    "Material",
    "MaterialFile",
    "Need",
    "Participation",
    "Plan",
    "PlanReview",
    "PlanStep",
    "Policy",
    "Programme",
    "Receipt",
    "ShockEvent",
    "ShockImpact",
    "Side",
    "Support",
    "Vulnerability",
]  # fmt: skip
