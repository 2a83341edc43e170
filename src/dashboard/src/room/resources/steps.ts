/** The steps of a resource on its way to an incident. Pure. */
import type { CommitmentStage } from "../../api/generated/graphql";

type Stage = CommitmentStage | null;

/** What is told of it by one press. */
export type Step = "mobilize" | "depart";

/** A step that was carried out, and from where, while the page does not show it yet. */
export interface Taken {
  step: Step;
  from: Stage;
}

/** On the way in, in this order. */
const COMING: readonly Stage[] = ["COMMITTED", "MOBILIZING", "EN_ROUTE"];

const leadsTo: Record<Step, Stage> = { mobilize: "MOBILIZING", depart: "EN_ROUTE" };

export const isComing = (stage: Stage): boolean => COMING.includes(stage);

/** Whether a step has been taken, or was passed over by one after it. */
export function isBehind(step: Step, stage: Stage, taken: Taken | null): boolean {
  // Between the answer to a command and the picture that shows it, the page knows better.
  const now = taken?.from === stage ? leadsTo[taken.step] : stage;
  return COMING.indexOf(now) >= COMING.indexOf(leadsTo[step]);
}
