"""Row rules derive columns: every judgement about one record is a column anyone can look at."""
