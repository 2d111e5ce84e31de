"""How things are said to other systems."""
