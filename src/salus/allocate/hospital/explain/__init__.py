"""Why a plan of a hospital is as it is: where its cost arises, and what would change it."""
