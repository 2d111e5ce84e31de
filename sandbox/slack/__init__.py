"""A pretend Slack: its Web API, Socket Mode, signed HTTP delivery, and the clients that people use."""
