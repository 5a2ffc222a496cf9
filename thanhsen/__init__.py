"""The ward's portal: settings, people, places and the trail of acts."""
