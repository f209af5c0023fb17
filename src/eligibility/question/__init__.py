"""What is asked, as frozen data: it knows nobody who reads, decides or explains it, and says itself when printed."""
