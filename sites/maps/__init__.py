"""The schematic map: outlines of départements, and places in a picture of them."""
