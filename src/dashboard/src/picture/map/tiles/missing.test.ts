import { expect, test } from "vitest";

import { Missing } from "./missing";

const one = { z: 8, x: 40, y: 96 };
const other = { z: 8, x: 41, y: 96 };

test("what failed is asked for again until it comes", () => {
  const missing = new Missing();
  missing.failed(one);
  missing.failed(other);
  expect(missing.again()).toEqual([one, other]);
  missing.came(one);
  missing.failed(other);
  expect(missing.again()).toEqual([other]);
  missing.came(other);
  expect(missing.any).toBe(false);
});

test("what nobody looks at any more is forgotten, as it neither fails nor comes", () => {
  const missing = new Missing();
  missing.failed(one);
  expect(missing.again()).toEqual([one]);
  expect(missing.any).toBe(true);
  expect(missing.again()).toEqual([]);
  expect(missing.any).toBe(false);
});
