/** The radio communications plan (ICS 205). */
import { Choice, TextInput } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { RoomSetCommunications } from "./orders";
import { Part, Said, type PartProps } from "./Part";
import {
  channelColumns,
  channelInput,
  channelRow,
  freshChannel,
  NONE,
  placesOf,
  said,
} from "./parts";
import type { Period } from "./objectives";

const MODES = ["ANALOG", "DIGITAL", "MIXED"] as const;

/** How to find and hear a channel, in the order of the form. */
function told(
  channel: Period["communications"][number],
  words: ReturnType<typeof useWords>["room"]["forms"],
): string {
  const { zone, number, receive, receiveTone, transmit, transmitTone, mode, remarks } = channel;
  const heard = (name: string, ...of: (string | null)[]) =>
    of.some(Boolean) && [name, ...of.filter(Boolean)].join(" ");
  return [
    zone,
    number && `#${number}`,
    heard(words.rx, receive, receiveTone),
    heard(words.tx, transmit, transmitTone),
    mode && words.modes[mode],
    remarks,
  ]
    .filter(Boolean)
    .join(" · ");
}

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
      current={{
        channels: communications.map(channelRow),
        instructions: period.communicationsInstructions ?? "",
      }}
      read={period.digests?.communications}
      document={RoomSetCommunications}
      input={(draft) => ({
        period: period.id,
        channels: draft.channels.map(channelInput),
        instructions: said(draft.instructions),
      })}
      fields={(draft, put) => (
        <>
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
                {channelColumns.map((column) => (
                  <TextInput
                    key={column}
                    label={words.channelColumns[column]}
                    value={row[column]}
                    onChange={(value) => {
                      set({ [column]: value });
                    }}
                  />
                ))}
                <Choice
                  label={words.mode}
                  value={row.mode}
                  onChange={(mode) => {
                    set({ mode });
                  }}
                  options={[
                    { id: NONE, label: words.noMode },
                    ...MODES.map((id) => ({ id, label: words.modes[id] })),
                  ]}
                />
              </>
            )}
          </Rows>
          <TextInput
            label={words.instructions}
            hint={words.instructionsHint}
            value={draft.instructions}
            onChange={(instructions) => {
              put({ instructions });
            }}
            long
          />
        </>
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
            <p className="muted number">{told(channel, words)}</p>
          </li>
        ))}
      </ul>
      {period.communicationsInstructions && (
        <Said name={words.instructions} text={period.communicationsInstructions} />
      )}
    </Part>
  );
}
