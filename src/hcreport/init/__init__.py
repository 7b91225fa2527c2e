"""A new project folder, written from the exports themselves.

What the exports surely say is written down; what they may say is written as comments with the
likeliest answers, for a person to decide. Nothing that stands there already is touched.
"""

from hcreport.init.folder import Begun, begin
from hcreport.init.survey import Survey, survey

__all__ = ["Begun", "Survey", "begin", "survey"]
