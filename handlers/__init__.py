"""What people do in Slack and what arrives by HTTP: one file a feature, one line each in FEATURES."""
