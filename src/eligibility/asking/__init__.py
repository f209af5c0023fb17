"""`eligibility ask`: which question settles most, what an answer means, and how it is written into a profile that is somebody's own."""
