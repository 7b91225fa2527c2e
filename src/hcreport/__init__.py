"""hcreport: the annual housing complaints report, from case-system exports to Word."""

__version__ = "0.1.0"
