"""What officers type, checked: the register, the sheet built from its standard, rounds and decisions."""
