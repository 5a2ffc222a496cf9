"""What is typed of needs, plans, programmes, models, shocks, outreach."""
