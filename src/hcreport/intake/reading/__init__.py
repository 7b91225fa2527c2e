"""Files to raw tables. The kind of file is told by its bytes, and no cell is interpreted."""

from hcreport.intake.reading.sheet import Sheet, Wanted, read

__all__ = ["Sheet", "Wanted", "read"]
