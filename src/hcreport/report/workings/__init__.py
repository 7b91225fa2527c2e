"""``internal/workings.xlsx``: every figure as a live formula over the records it counts."""
