"""The page for people: the pretend workspace and Jira in a browser, as plain files without a build step."""
