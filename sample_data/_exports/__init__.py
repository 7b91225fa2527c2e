"""Small samples, one for each bundled profile: what a year's export of that system can look like.

Every record is invented. Shapes and headings follow what the bundled profile of each system says
it knows and what it guesses; how many of what there is stands in ``quotas.py``. ``dreadful`` is
another matter: an export with everything wrong in it that an export can have.
"""

from collections.abc import Callable, Mapping

from _exports import civica_cx, dreadful, dynamics, goss, icasework, jadu, plain, salesforce

PROJECTS: Mapping[str, Callable[[], Mapping[str, bytes]]] = {
    "exports/icasework": icasework.files,
    "exports/goss": goss.files,
    "exports/jadu": jadu.files,
    "exports/dynamics": dynamics.files,
    "exports/salesforce": salesforce.files,
    "exports/civica-cx": civica_cx.files,
    "exports/plain": plain.files,
    "exports/dreadful": dreadful.files,
}
