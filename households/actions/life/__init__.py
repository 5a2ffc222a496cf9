"""What happens to a household between two reviews, as an entry with its day and reason, and the undoing of it.

`people`: within one household. `homes`: of whole households. `same`: two rows of one person. `record`: what every
event has in common, also how it continues or ends the status in force. `undo`: taking back the latest one.
"""
