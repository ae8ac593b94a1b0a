"""The files of the Integrated Healthcare Timetabling Competition 2024."""
