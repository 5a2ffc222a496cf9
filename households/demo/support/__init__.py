"""Invented help of the demo ward: programmes, what was given, plans, models, shocks, visits."""

from households.demo.support.grants import give_support
from households.demo.support.livelihoods import make_livelihoods
from households.demo.support.outreach import make_outreach
from households.demo.support.plans import make_plans
from households.demo.support.programmes import make_programmes
from households.demo.support.shocks import make_shocks

__all__ = ["make_support"]


def make_support() -> None:
    """All of it, each part on what the one before made."""
    programmes = make_programmes()
    give_support(programmes)
    make_plans()
    make_livelihoods(programmes)
    make_shocks()
    make_outreach(programmes)
