/** The scrubber that replays the picture. */
export function TimeBar() {
  return null;
}
