"""How care is practised: tiers, consortia, insurance areas, and the rights of facilities."""
