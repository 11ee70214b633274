"""`make bench`: how fast the product is, what the fence costs, and how near it comes to the database's limit."""
