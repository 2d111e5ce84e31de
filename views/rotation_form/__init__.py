"""The form of a rotation: its main view with the coming shifts, and its further settings."""
