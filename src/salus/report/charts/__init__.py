"""Pictures for a page: what each shows, as options of the chart library."""
