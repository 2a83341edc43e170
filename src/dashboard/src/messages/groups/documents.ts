/** What the pages of groups and on-call schedules ask of the hub and tell it. */
import { graphql } from "../../api/generated";

export const GroupsOf = graphql(`
  query GroupsOf {
    groups(first: 200) {
      nodes {
        id
        name
        size
        members {
          id
          name
        }
      }
    }
  }
`);

export const MakeGroup = graphql(`
  mutation MakeGroup($input: MakeGroupInput!) {
    makeGroup(input: $input) {
      group {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const ChangeGroupMembers = graphql(`
  mutation ChangeGroupMembers($input: ChangeGroupMembersInput!) {
    changeGroupMembers(input: $input) {
      group {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const DissolveGroup = graphql(`
  mutation DissolveGroup($input: DissolveGroupInput!) {
    dissolveGroup(input: $input) {
      group {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const SchedulesOf = graphql(`
  query SchedulesOf($from: DateTime!, $to: DateTime!) {
    schedules(first: 50) {
      nodes {
        id
        name
        timeZone
        calendars {
          name
          importedAt
          shifts
        }
        rotations {
          name
          handover
          turnDays
          members {
            id
            name
          }
        }
        onCall {
          from
          until
          rotation
          why
          person {
            id
            name
          }
        }
        shifts(from: $from, to: $to) {
          from
          until
          rotation
          why
          person {
            id
            name
          }
        }
      }
    }
  }
`);

export const MakeSchedule = graphql(`
  mutation MakeSchedule($input: MakeScheduleInput!) {
    makeSchedule(input: $input) {
      schedule {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const ImportCalendar = graphql(`
  mutation ImportCalendar($input: ImportCalendarInput!) {
    importCalendar(input: $input) {
      imported
      unmatched
      warnings {
        line
        says
      }
      refusal {
        ...Refused
      }
    }
  }
`);
