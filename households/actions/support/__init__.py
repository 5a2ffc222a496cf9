"""Every write of what comes after the class: needs, plans, programmes, models, shocks, outreach."""
