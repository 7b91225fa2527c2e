"""Set-up for every test: the shared modules beside it, and how hard hypothesis looks.

``pytest --hypothesis-profile=search`` looks harder, and elsewhere each time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# Tests are imported by file (importlib mode), so the modules they share are found this way.
sys.path.insert(0, str(Path(__file__).parent))

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("hcreport", deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("search", deadline=None, max_examples=500, suppress_health_check=_SLOW)
settings.load_profile("hcreport")
