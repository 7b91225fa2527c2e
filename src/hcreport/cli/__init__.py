"""The commands: the only part of the program that prints or exits.

Exit status: 0 done, 1 something was found that needs a person, 2 cannot run, 3 a fault of ours.
"""

from hcreport.cli.app import app, main

__all__ = ["app", "main"]
