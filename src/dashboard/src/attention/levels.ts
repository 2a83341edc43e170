/** Levels of attention, the most pressing first, and how they look. */
import type { AttentionLevel } from "../api/generated/graphql";
import type { Tone } from "../ui/Badge";

export const levels: readonly AttentionLevel[] = ["ALARM", "WARNING", "NOTICE"];

export const tones: Record<AttentionLevel, Tone> = {
  ALARM: "alarm",
  WARNING: "warning",
  NOTICE: "notice",
};
