import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { unlessPressed } from "./press";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const tell = (type: string) => window.dispatchEvent(new Event(type));

test("what comes while nothing is pressed is done at once", () => {
  const work = vi.fn();
  unlessPressed(work);
  expect(work).toHaveBeenCalledOnce();
});

test("what comes during a press waits until the page was told what the press was meant for", () => {
  const work = vi.fn();
  tell("pointerdown");
  unlessPressed(work);
  tell("pointerup");
  vi.advanceTimersByTime(99);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(work).toHaveBeenCalledOnce();
});

test("who drags something for long is shown what is new", () => {
  const work = vi.fn();
  tell("pointerdown");
  vi.advanceTimersByTime(1_000);
  unlessPressed(work);
  expect(work).toHaveBeenCalledOnce();
});
