"""What is asked of supports, plans, models, shocks and outreach: lists, what waits, what became of it."""
