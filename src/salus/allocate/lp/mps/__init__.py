"""The MPS format: the punched cards of linear programmes, read strictly and written exactly."""
