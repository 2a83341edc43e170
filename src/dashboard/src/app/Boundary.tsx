/** Keeps the failure of one page from taking the others along. */
import { Component, type ReactNode } from "react";

import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { useWords } from "../words";

interface Props {
  /** The address; another one is tried anew. */
  path: string;
  children: ReactNode;
}

interface State {
  failed: boolean;
}

export class Boundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.path !== this.props.path) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Failed
        again={() => {
          this.setState({ failed: false });
        }}
      />
    );
  }
}

function Failed({ again }: { again: () => void }) {
  const words = useWords().app;
  return (
    <Empty title={words.pageBroke}>
      <Button onPress={again}>{words.tryAgain}</Button>
    </Empty>
  );
}
