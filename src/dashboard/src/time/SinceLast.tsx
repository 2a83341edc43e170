export function SinceLast() {
  return null;
}
