"""Work for later: what waits, who does it, and what is erased when its time is over."""
