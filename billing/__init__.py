"""What it costs: tariffs, passes, the ledger, charges."""
