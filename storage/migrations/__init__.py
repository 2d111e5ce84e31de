"""The history of the tables, one change a revision, the same on SQLite and PostgreSQL."""
