import { expect, test } from "vitest";

import { app as en } from "../words/en/app";
import { app as es } from "../words/es/app";
import { faultText, type Limits } from "./fault";

const number: Limits = { type: "number", least: 0, most: 100, step: 1 };

test("a number that is out of range is told by what the field takes", () => {
  expect(faultText({ rangeOverflow: true }, number, en.fault)).toBe("At most 100.");
  expect(faultText({ rangeUnderflow: true }, number, es.fault)).toBe("Como mínimo 0.");
});

test("how finely a number can be written is said", () => {
  expect(faultText({ stepMismatch: true }, number, en.fault)).toBe("Write a whole number.");
  const money = { ...number, step: 0.01 };
  expect(faultText({ stepMismatch: true }, money, es.fault)).toBe("No más fino que 0,01.");
});

test("what is no number at all is not called missing", () => {
  const found = { badInput: true, valueMissing: true };
  expect(faultText(found, number, en.fault)).toBe("Write a number.");
  const moment = { ...number, type: "datetime-local" };
  expect(faultText(found, moment, en.fault)).toBe("Write the whole date and time.");
});

test("a refusal of the hub speaks for itself", () => {
  expect(faultText({ customError: true, valueMissing: true }, number, en.fault)).toBeNull();
});
