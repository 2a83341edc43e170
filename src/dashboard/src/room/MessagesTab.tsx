/** What is sent to people on the incident. */
import { IncidentMessages } from "../messages/IncidentMessages";
import { useRoom } from "./room";

export default function MessagesTab() {
  return <IncidentMessages incident={useRoom().incident.id} />;
}
