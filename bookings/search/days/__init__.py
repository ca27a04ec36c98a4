"""What days hold: a day in cells, free pieces of one, half-days to come, weeks."""
