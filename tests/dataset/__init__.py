"""The door in, held to its word."""
