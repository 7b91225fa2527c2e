"""From files to records: read raw, match to a profile, normalise. Nothing is guessed."""
