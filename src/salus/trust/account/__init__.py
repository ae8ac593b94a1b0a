"""What an account shows at the door: a password, or a token that is kept as a digest only."""
