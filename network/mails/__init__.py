"""Mail as it is written about accounts, as it goes over the wire, and as a developer reads it."""
