//! The channel that speaks MQTT 5 to field devices and sirens.
