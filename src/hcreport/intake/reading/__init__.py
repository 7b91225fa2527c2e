"""Files to raw tables. The kind of file is told by its bytes, and no cell is interpreted."""

from hcreport.intake.reading.sheet import Opened, Sheet, Wanted, open_file, read

__all__ = ["Opened", "Sheet", "Wanted", "open_file", "read"]
