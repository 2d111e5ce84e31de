"""Pretend help desks: what customers write there is told to the bot, as each of the real ones tells it."""
