"""Views of the ledger: Word, workbook, JSON. Nothing here computes a figure."""
