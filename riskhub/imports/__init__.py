"""Files in: tables read within limits, the header row found, columns suggested, runs kept."""
