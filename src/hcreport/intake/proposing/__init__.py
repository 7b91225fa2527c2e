"""What files say they are, by their own headings and cells: the mapping ``init`` writes down.

A heading is accepted only when it is, to the letter, one that a bundled profile gives a field;
what merely looks alike is proposed to a person and never decides. Likeness deceives: "Target
Response Date" is nine tenths "Response Date", and every complaint would have been on time.
"""

from hcreport.intake.proposing.headings import Match
from hcreport.intake.proposing.proposal import Passed, Proposal, Understood
from hcreport.intake.proposing.propose import proposals
from hcreport.intake.proposing.systems import wanted_of_all

__all__ = ["Match", "Passed", "Proposal", "Understood", "proposals", "wanted_of_all"]
