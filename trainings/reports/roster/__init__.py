"""The roster in figures: its list, units with nobody, how a class list changed since a decision."""
