"""How much the form takes, within Slack's own limits."""

TEXT_LIMIT = 3000
URL_LIMIT = 2000
FILES_CARRIED = 10  # of 10 MB each, as many as Slack's input takes
