"""Personal data that is kept sealed: keys of its own, masks, hashes by which it is found again. No rows."""
