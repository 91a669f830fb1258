"""A second reading of the planning problem, written without looking at the product.

It shares no code with the package under test: it reads a scenario folder by itself, writes every rule
of the planning problem down in the plainest way, and says which objective values must come out.
"""
