"""Names, numbers and places of people found in free text, English and Chinese, and hidden."""
