"""Periods, working days, and the Complaint Handling Code's time limits as dated data."""
