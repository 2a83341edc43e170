//! Messages, told as stories.
