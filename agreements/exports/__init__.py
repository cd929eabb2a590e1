"""The record taken away: what a row of each table says, as typed values, and the files that are made of them."""
