"""Official papers: their words (`wording`), Word files written from top to bottom (`layout`), PDF (`pdf`)."""
