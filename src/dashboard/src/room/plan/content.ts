/** What a plan says: what is planned now, and what each revision said when it was drafted. */
import { graphql } from "../../api/generated";

/** The revisions of a period's plan with what they say; asked for when somebody looks. */
export const RoomRevisions = graphql(`
  query RoomRevisions($id: ID!) {
    period(id: $id) {
      id
      plan {
        number
        safetyMessage
        objectives {
          ...PlannedObjective
        }
        situation {
          ...PlannedSituation
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
      }
    }
  }
`);

graphql(`
  fragment PlannedObjective on Objective {
    id
    text
    measure
    deadline
    priority
    closed {
      outcome
      reason
      by
      at
    }
  }
`);

graphql(`
  fragment PlannedSituation on Situation {
    awareness
    emphasis
    siteSafetyPlan
  }
`);

graphql(`
  fragment PlannedWork on WorkAssignment {
    id
    digest
    post
    place
    supervisor
    reporting
    tasks
    specialInstructions
    channels
    resources {
      id
      name
    }
  }
`);

graphql(`
  fragment PlannedHazard on Hazard {
    area
    hazard
    mitigation
  }
`);

graphql(`
  fragment PlannedChannel on Channel {
    name
    function
    assignment
    zone
    number
    receive
    receiveTone
    transmit
    transmitTone
    mode
    remarks
  }
`);

graphql(`
  fragment PlannedCare on Medical {
    procedures
    aviationRescue
    confirmed
    aidStations {
      name
      location
      paramedics
    }
    transport {
      name
      location
      advanced
    }
    hospitals {
      name
      contact
      groundMinutes
      airMinutes
      traumaLevel
      burnCenter
      helipad
    }
  }
`);
