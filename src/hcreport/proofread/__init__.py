"""Every number of a report held against the ledger, and against the report itself."""
