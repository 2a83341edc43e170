/** What planning asks and orders. */
import { graphql } from "../../api/generated";

/** The periods of an incident, to choose one. */
export const RoomPeriods = graphql(`
  query RoomPeriods($id: ID!) {
    incident(id: $id) {
      id
      periods(first: 100) {
        nodes {
          id
          number
          periodState: state
          start
          end
          digests {
            statusSummary
          }
          statusSummary {
            ...Reported
          }
        }
      }
    }
  }
`);

/** All that is planned for one period. */
export const RoomPeriod = graphql(`
  query RoomPeriod($id: ID!) {
    period(id: $id) {
      id
      number
      periodState: state
      start
      end
      planChanged
      withheld
      safetyMessage
      digests {
        situation
        communications
        medical
        safety
        needs
      }
      situation {
        ...PlannedSituation
      }
      planInForce {
        number
        approvedAt
      }
      objectives {
        ...PlannedObjective
      }
      meetings {
        meeting
        name
        due
        leads
        attendees
        held {
          at
          by
          outcome
        }
      }
      plan {
        number
        oral
        draftedAt
        draftedBy
        approvedAt
        signatures {
          at
          by
          agency {
            code
          }
        }
        unsigned {
          id
          code
        }
      }
      assignments {
        ...PlannedWork
      }
      hazards {
        ...PlannedHazard
      }
      communications {
        ...PlannedChannel
      }
      communicationsInstructions
      medical {
        ...PlannedCare
      }
      needs {
        place
        kind
        type
        required
        have
        need
        reporting
        arrival
        overhead
        equipment
        request
        since
        riskAccepted
        riskAcceptedBy
      }
    }
  }
`);

graphql(`
  fragment Reported on StatusSummary {
    events
    public {
      ...People
    }
    responders {
      ...People
    }
    confirmedBy
    correction
    damage {
      kind
      threatened
      damaged
      destroyed
    }
    needs {
      within
      kind
      type
      quantity
      ordered
      request {
        id
        number
      }
      since
    }
    weather
    threats
    remarks
    outlook {
      ...Expected
    }
  }
`);

graphql(`
  fragment Expected on IncidentOutlook {
    size {
      amount
      unit
    }
    contained
    measures
    projections {
      within
      activity
      threats
    }
    discussion
    finalSize {
      amount
      unit
    }
    completion
    demobilization
    cost {
      amount
      currency
    }
    finalCost {
      amount
      currency
    }
  }
`);

graphql(`
  fragment People on Casualties {
    fatalities
    injured
    evacuated
    trapped
    missing
    sheltering
    inShelters
    immunized
    needImmunization
    quarantined
  }
`);

export const RoomSetObjective = graphql(`
  mutation RoomSetObjective($input: SetObjectiveInput!) {
    setObjective(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomRankObjectives = graphql(`
  mutation RoomRankObjectives($input: RankObjectivesInput!) {
    rankObjectives(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCloseObjective = graphql(`
  mutation RoomCloseObjective($input: CloseObjectiveInput!) {
    closeObjective(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomHoldMeeting = graphql(`
  mutation RoomHoldMeeting($input: HoldMeetingInput!) {
    holdMeeting(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomPlanPeriod = graphql(`
  mutation RoomPlanPeriod($input: PlanPeriodInput!) {
    planPeriod(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomStartPeriod = graphql(`
  mutation RoomStartPeriod($input: StartPeriodInput!) {
    startPeriod(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDraftPlan = graphql(`
  mutation RoomDraftPlan($input: DraftPlanInput!) {
    draftPlan(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        plan {
          number
          approvedAt
        }
      }
    }
  }
`);

export const RoomApprovePlan = graphql(`
  mutation RoomApprovePlan($input: ApprovePlanInput!) {
    approvePlan(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);
