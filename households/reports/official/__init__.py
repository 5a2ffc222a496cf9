"""The official forms, each in a module: what it counts (`Recipe.figures`, `members`) and how it is laid out (`fill`)."""
