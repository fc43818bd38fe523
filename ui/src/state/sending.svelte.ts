import type { DigestChoice } from "../host/bindings/DigestChoice";
import type { SentAnswer } from "../host/bindings/SentAnswer";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Addresses } from "./addresses.svelte";

/** The question to whom a digest is to be sent now, and what came of it. */
export class Sending {
  /** The digest; none while nobody asks. */
  choice = $state.raw<DigestChoice | null>(null);
  to = $state.raw<string[]>([]);
  busy = $state(false);
  refusal = $state("");
  answers = $state.raw<SentAnswer[]>([]);
  /** What did not arrive waits in the outbox; otherwise nothing could be sent, and nothing is kept. */
  isKept = $state(true);
  readonly addresses: Addresses;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    this.addresses = new Addresses(host);
  }

  open(choice: DigestChoice, to: string[]): void {
    this.choice = choice;
    this.to = to;
    this.refusal = "";
    this.answers = [];
    this.addresses.reset();
  }

  /** A mail on its way is not called back; the question may go. */
  close(): void {
    this.choice = null;
  }

  async add(): Promise<void> {
    this.to = await this.addresses.joinedTo(this.to);
  }

  leaveOut(address: string): void {
    this.to = this.to.filter((each) => each !== address);
  }

  async send(): Promise<void> {
    const { choice } = this;
    if (!choice || this.busy) return;
    await this.add();
    if (this.addresses.fault) return;
    this.refusal = this.to.length === 0 ? strings.digests.sending.nobody : "";
    if (this.refusal) return;
    this.busy = true;
    this.answers = [];
    try {
      const { edition, answers } = await this.#host.sendDigest(choice, this.to);
      if (this.choice !== choice) return;
      this.answers = answers;
      this.isKept = edition !== null;
      // To the others it is on its way, or goes out when something is mended: not a second time.
      const isLeft = ({ state }: SentAnswer) => edition === null || state === "failed";
      this.to = answers.filter(isLeft).map(({ to }) => to);
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    } finally {
      this.busy = false;
    }
  }
}
