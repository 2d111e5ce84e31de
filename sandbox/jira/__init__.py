"""The pretend Jira: Cloud or Data Center, REST v2 (and v3 on Cloud), strict like the real one."""
