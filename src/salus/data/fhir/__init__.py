"""FHIR R4 in: bundles and bulk exports become standard tables, and what is faulty is set aside."""
