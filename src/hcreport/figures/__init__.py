"""Figures: declared once, evaluated once, rounded once."""
