"""What a regular use of sites would come to, and by which rule. Reads only."""
