"""Law as dated tables: a lookup takes a date and gives a row with its source, or names the gap."""
