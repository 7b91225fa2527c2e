"""Two builds compared: which figures moved, and by which records."""
