"""Lets ``python -m hcreport`` do what the ``hcreport`` command does."""

from hcreport.cli import main

if __name__ == "__main__":
    main()
