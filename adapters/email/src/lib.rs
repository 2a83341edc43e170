//! The channel that sends e-mail over SMTP.
