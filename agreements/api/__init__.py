"""The door for programs: every table as read-only JSON, from the filters and the columns that the pages have."""
