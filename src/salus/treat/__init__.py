"""What a patient most likely has, what helps, what is dangerous: advice; a clinician decides."""
