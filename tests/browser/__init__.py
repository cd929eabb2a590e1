"""The shipped dataset, served as in production, read in Chromium."""
