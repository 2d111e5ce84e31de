"""Everything a person reads: forms, cards, messages, issue texts."""
