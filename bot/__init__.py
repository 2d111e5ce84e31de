"""The running program: settings, configuration, command line, HTTP, health and the clock."""
