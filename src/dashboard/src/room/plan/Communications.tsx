/** The radio communications plan (ICS 205). */
import { TextInput } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { RoomSetCommunications } from "./orders";
import { Part, type PartProps } from "./Part";
import { channelInput, channelRow, freshChannel, placesOf } from "./parts";

export function Communications({ period, done }: PartProps) {
  const words = useWords().room.forms;
  const { communications } = period;
  const places = placesOf(period);
  return (
    <Part
      period={period}
      done={done}
      id="communications"
      title={words.communications}
      form="205"
      wide
      current={{ channels: communications.map(channelRow) }}
      read={period.digests?.communications}
      document={RoomSetCommunications}
      input={(draft) => ({ period: period.id, channels: draft.channels.map(channelInput) })}
      fields={(draft, put) => (
        <Rows
          label={words.channels}
          rows={draft.channels}
          onChange={(channels) => {
            put({ channels });
          }}
          add={words.addChannel}
          fresh={freshChannel}
          nameOf={(row, n) => row.name || words.row(n + 1)}
        >
          {(row, set) => (
            <>
              <TextInput
                label={words.channelName}
                value={row.name}
                onChange={(name) => {
                  set({ name });
                }}
                required
              />
              <TextInput
                label={words.channelFunction}
                value={row.function}
                onChange={(value) => {
                  set({ function: value });
                }}
                suggestions={words.channelFunctions}
                required
              />
              <TextInput
                label={words.channelUsers}
                value={row.assignment}
                onChange={(assignment) => {
                  set({ assignment });
                }}
                suggestions={places}
              />
              <TextInput
                label={words.receive}
                value={row.receive}
                onChange={(receive) => {
                  set({ receive });
                }}
              />
              <TextInput
                label={words.transmit}
                value={row.transmit}
                onChange={(transmit) => {
                  set({ transmit });
                }}
              />
              <TextInput
                label={words.remarks}
                value={row.remarks}
                onChange={(remarks) => {
                  set({ remarks });
                }}
              />
            </>
          )}
        </Rows>
      )}
    >
      {communications.length === 0 && <p className="muted">{words.noChannels}</p>}
      <ul className={ui.rows}>
        {communications.map((channel) => (
          <li key={channel.name}>
            <p>
              <strong>{channel.name}</strong> {channel.function}
              {channel.assignment && ` · ${channel.assignment}`}
            </p>
            {(channel.receive ?? channel.transmit ?? channel.remarks) && (
              <p className="muted number">
                {[
                  channel.receive && `${words.rx} ${channel.receive}`,
                  channel.transmit && `${words.tx} ${channel.transmit}`,
                  channel.remarks,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
