//! The style, case by case, and what has to hold for every text.
