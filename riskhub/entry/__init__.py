"""What may be entered: texts, days, repeats of one form. Knows no row and no request."""
