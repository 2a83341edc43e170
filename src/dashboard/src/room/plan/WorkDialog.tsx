/** Writes a work assignment: place, supervisor, resources, tasks, special instructions, channels. */
import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Checks } from "../../ui/Checks";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { useCalled, useWords } from "../../words";
import { useRoom } from "../room";
import ui from "../ui/ui.module.css";
import { andThen, takeBack } from "../ui/undo";
import { RoomAssignWork, RoomDropWork, RoomWorkChoices } from "./orders";
import type { PartProps } from "./Part";
import { NONE } from "./parts";
import { workInput, type WorkAssignment } from "./Work";
import { byPlace, goneFrom, leaderOf, postsToWork } from "./work";

interface Props extends PartProps {
  /** The one that is changed; a new one when null. */
  work: WorkAssignment | null;
  onClose: () => void;
}

export function WorkDialog({ period, work, done, onClose }: Props) {
  const { incident } = useRoom();
  const all = useWords().room;
  const called = useCalled();
  const words = all.forms;
  const { data } = useAnswer(RoomWorkChoices, { id: incident.id });
  const [draft, setDraft, discard] = useDraft(`work:${work?.id ?? period.id}`, {
    post: work?.post ?? NONE,
    place: work?.place ?? "",
    supervisor: work?.supervisor ?? "",
    reporting: work?.reporting ?? "",
    tasks: work?.tasks ?? "",
    special: work?.specialInstructions ?? "",
    channels: work?.channels ?? [],
    resources: work?.resources.map(({ id }) => id) ?? [],
  });
  const put = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
  };
  const posts = postsToWork(data?.incident?.structure?.posts.nodes ?? [], period, work);
  const known = data?.incident?.resources.nodes ?? [];
  const resources = byPlace(known, period, work);
  const gone = data ? goneFrom(known, work) : [];
  const command = andThen(useCommand(RoomAssignWork), (payload, input) => {
    const written = payload.period?.assignments.find(({ place }) => place === input.place);
    announce(words.workAssigned(called(input.place)), {
      undo: () => {
        const back = work
          ? takeBack(
              RoomAssignWork,
              { ...workInput(period, work), over: written?.digest ?? null },
              words.writtenBack(called(work.place)),
            )
          : takeBack(
              RoomDropWork,
              {
                period: period.id,
                assignment: written?.id ?? "",
                over: written?.digest ?? null,
              },
              words.workDropped(called(input.place)),
            );
        void back.then(done);
      },
    });
    done();
  });
  return (
    <Dialog
      open
      wide
      title={work ? words.changeWork(called(work.place)) : words.addWork}
      onClose={onClose}
    >
      <CommandForm
        command={command}
        input={() => ({
          period: period.id,
          assignment: work?.id ?? null,
          over: work?.digest ?? null,
          post: draft.post === NONE ? null : draft.post,
          place: draft.place.trim(),
          supervisor: draft.supervisor.trim() || null,
          reporting: draft.reporting.trim() || null,
          tasks: draft.tasks.trim(),
          specialInstructions: draft.special.trim() || null,
          channels: draft.channels,
          resources: draft.resources,
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={words.assign}
        fieldOf={{ PLACE_TAKEN: "place", POST_DISSOLVED: "post", POST_UNKNOWN: "post" }}
      >
        <div className={ui.pair}>
          <Choice
            label={words.post}
            name="post"
            value={draft.post}
            onChange={(id) => {
              const post = posts.find((one) => one.id === id);
              // Choosing the post names the place and who leads there; both can be written over.
              put(
                post
                  ? { post: id, place: post.name, supervisor: leaderOf(post) ?? draft.supervisor }
                  : { post: NONE },
              );
            }}
            options={[
              { id: NONE, label: words.noPost },
              ...posts.map((post) => ({
                id: post.id,
                label: called(post.name),
                hint: leaderOf(post) ?? all.command.vacant,
              })),
            ]}
          />
          <TextInput
            label={words.place}
            name="place"
            hint={words.placeHint}
            value={draft.place}
            onChange={(place) => {
              put({ place });
            }}
            required
          />
          <TextInput
            label={words.supervisor}
            hint={words.supervisorHint}
            value={draft.supervisor}
            onChange={(supervisor) => {
              put({ supervisor });
            }}
          />
        </div>
        <TextInput
          label={words.tasks}
          value={draft.tasks}
          onChange={(tasks) => {
            put({ tasks });
          }}
          required
          long
        />
        <TextInput
          label={words.specialInstructions}
          hint={words.specialHint}
          value={draft.special}
          onChange={(special) => {
            put({ special });
          }}
        />
        <Checks
          label={words.resources}
          empty={words.nothingCommitted}
          value={draft.resources}
          onChange={(chosen) => {
            put({ resources: chosen });
          }}
          options={[
            ...gone.map(({ id, name }) => ({ id, label: name, hint: words.gone })),
            ...resources.map(({ resource, at }) => ({
              id: resource.id,
              label: resource.name,
              hint: [
                resource.kind && called(resource.kind.name),
                resource.type !== null && all.type(resource.type),
                resource.owner?.code,
                at !== null && words.worksAt(called(at)),
              ]
                .filter(Boolean)
                .join(" · "),
            })),
          ]}
        />
        <Checks
          label={words.channels}
          empty={words.noChannels}
          value={draft.channels}
          onChange={(channels) => {
            put({ channels });
          }}
          options={channelsFor(period, draft.channels)}
        />
        <TextInput
          label={words.reporting}
          hint={words.reportingHint}
          value={draft.reporting}
          onChange={(reporting) => {
            put({ reporting });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}

/** The channels of the communications plan, and those on the assignment that it does not have. */
function channelsFor({ communications }: PartProps["period"], chosen: readonly string[]) {
  const known = communications.map(({ name, function: use }) => ({
    id: name,
    label: name,
    hint: use,
  }));
  const others = chosen.filter((name) => !known.some(({ id }) => id === name));
  return [...known, ...others.map((name) => ({ id: name, label: `◆ ${name}` }))];
}
