"""Who issues charges: how operators stand to VAT."""
