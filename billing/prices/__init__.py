"""What a use costs: pure rules, told the grid's prices."""
