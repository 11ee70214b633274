"""A version of the product that is later than this one: the same, with an app whose migrations come on top."""
