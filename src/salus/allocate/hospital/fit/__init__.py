"""What a hospital's problem must keep to mean something: each rule once, whatever it came from."""
