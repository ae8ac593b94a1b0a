"""The web: routes under ``/api/v1``, pages for people, jobs in processes of their own."""
