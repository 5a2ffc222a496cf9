"""What an admin types of courses, their timetable and costs, checked."""
