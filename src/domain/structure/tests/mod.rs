//! Command structures, told as stories.
