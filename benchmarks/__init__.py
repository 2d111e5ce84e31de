"""Side-by-side figures: Bugle against a floor, in the same run."""
