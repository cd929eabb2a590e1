"""The door in: a dataset is read, checked and loaded; `dump` is the same door seen from inside."""
