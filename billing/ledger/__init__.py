"""Double entry: transfers that add up, balances that never go below their floor."""
