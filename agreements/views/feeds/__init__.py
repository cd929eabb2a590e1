"""What can be followed: feeds of changes, of transitions, of denials, of any list; and the page that names them all."""
