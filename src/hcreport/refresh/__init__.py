"""Ours's figures put into a report that people have edited, and an account of all it did."""
