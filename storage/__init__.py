"""What Bugle remembers: tables, queries, the effects driver and migrations."""
