"""The Word report: a template rendered to marks, then one walk that puts everything in."""
