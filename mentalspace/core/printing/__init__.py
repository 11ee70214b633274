"""Documents on paper: text of any kind as a tagged PDF in the house's look. Each room brings what its own say."""
