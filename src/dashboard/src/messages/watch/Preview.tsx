/** What launching a draft would do now; it is released and launched exactly as it is shown here. */
import { useState } from "react";

import type { MessageWholeFragment, PreviewOfQuery } from "../../api/generated/graphql";
import { useMay, useSession } from "../../api/session";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { TroubleText, useObstacleWords } from "../../ui/CommandForm";
import { sentenceOf } from "../../ui/sentence";
import { Loading, NoAnswer } from "../../ui/Empty";
import { useWords } from "../../words";
import { refusalText } from "../../words/hub";

import styles from "../Messages.module.css";
import { LaunchMessage, ReleaseMessage } from "../orders";
import { LaunchDialog } from "./LaunchDialog";
import { PreviewFacts } from "./PreviewFacts";
import { PreviewOf } from "./previewOf";
import { Prospects } from "./Prospects";

interface Props {
  message: MessageWholeFragment;
  again: () => void;
}

const PAGE = 50;
/** A preview costs the hub something, and nobody reads it faster. */
const EVERY_MS = 30_000;

export type Preview = PreviewOfQuery["messagePreview"];

export function Preview({ message, again }: Props) {
  const { messages, hub } = useWords();
  const words = messages.preview;
  const [unreachable, onlyUnreachable] = useState(false);
  const asked = useAnswer(
    PreviewOf,
    { message: message.id, unreachable: unreachable ? true : null, first: PAGE, after: null },
    { everyMs: EVERY_MS },
  );
  const { data, problem } = asked;
  return (
    <section className={styles.panel} aria-labelledby="message-preview">
      <h2 id="message-preview">{words.title}</h2>
      {data ? (
        <>
          <PreviewFacts message={message} preview={data.messagePreview} />
          <Decide
            message={message}
            preview={data.messagePreview}
            again={() => {
              again();
              asked.again();
            }}
          />
          <Prospects
            prospects={data.messagePreview.prospects}
            unreachable={unreachable}
            onUnreachable={onlyUnreachable}
          />
        </>
      ) : problem?.unreached === false ? (
        <div className={styles.body}>
          <Badge tone="alarm">{words.nobody}</Badge>
          <p>
            {sentenceOf(refusalText({ ...problem, code: problem.code ?? "", values: [] }, hub))}
          </p>
        </div>
      ) : problem ? (
        <NoAnswer problem={problem} again={asked.again} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

interface DecideProps extends Props {
  preview: Preview;
}

/** The next step: somebody else's release, or the launch. */
function Decide({ message, preview, again }: DecideProps) {
  const words = useWords().messages.preview;
  const { session } = useSession();
  const may = useMay("write");
  const [launching, setLaunching] = useState(false);
  // What somebody agrees to is what they saw when they began, whatever comes meanwhile.
  const [seen, setSeen] = useState(preview.digest);
  const launch = useCommand(LaunchMessage, () => words.launched);
  const release = useCommand(ReleaseMessage, () => words.released);
  const obstacle = useObstacleWords(launch.obstacle);
  const stale = seen !== preview.digest;
  const released = message.release?.digest === preview.digest;
  const own = message.author === session.account.login;
  const waits = preview.needsRelease && !released;
  return (
    <div className={styles.body}>
      {preview.needsRelease && (
        <p>
          <Badge tone={released ? "ok" : "warning"} strong={!released}>
            {released ? words.releasedBy(message.release?.by ?? "") : words.release}
          </Badge>
        </p>
      )}
      {message.release && !released && <p>{words.releasedOther}</p>}
      {waits && own && <p className="muted">{words.releasedOwn}</p>}
      {stale && (
        <p role="alert">
          <Badge tone="warning">{words.stale}</Badge>
        </p>
      )}
      <TroubleText trouble={launch.trouble ?? release.trouble} />
      {may && (
        <div className={styles.row}>
          {waits && !own && (
            <Button
              look="main"
              obstacle={obstacle}
              pending={release.pending}
              onPress={() => {
                setSeen(preview.digest);
                void release.give({ message: message.id, digest: preview.digest }).then(again);
              }}
            >
              {words.releaseNow}
            </Button>
          )}
          {!waits && (
            <Button
              look="main"
              obstacle={obstacle}
              onPress={() => {
                setSeen(preview.digest);
                setLaunching(true);
              }}
            >
              {words.launchNow}
            </Button>
          )}
        </div>
      )}
      <LaunchDialog
        open={launching}
        count={preview.count}
        message={message}
        command={launch}
        input={{ message: message.id, digest: seen }}
        onClose={() => {
          setLaunching(false);
        }}
        onDone={() => {
          setLaunching(false);
          again();
        }}
      />
    </div>
  );
}
