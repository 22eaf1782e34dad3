"""Who gets what answer from which address: one table, held against every route there is."""
