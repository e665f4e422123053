"""The programs are no tests: they are run statement by statement."""

collect_ignore = ["programs"]
