"""EFFECTS: every kind of call to the outside, for the driver to run."""

from workflows import dead_letters, filing, linking, pinging, showing

EFFECTS = (*filing.EFFECTS, *linking.EFFECTS, *showing.EFFECTS, *pinging.EFFECTS, *dead_letters.EFFECTS)
