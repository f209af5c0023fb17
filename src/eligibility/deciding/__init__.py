"""What is asked, decided: of one person, from what is known of them."""
