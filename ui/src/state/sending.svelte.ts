import type { DigestChoice } from "../host/bindings/DigestChoice";
import type { SentTo } from "../host/bindings/SentTo";
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
  answers = $state.raw<SentTo[]>([]);
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
      const answers = await this.#host.sendDigest(choice, this.to);
      if (this.choice !== choice) return;
      this.answers = answers;
      // Only those whom it did not reach are sent to if it is tried again.
      this.to = answers.filter(({ sent }) => !sent).map(({ to }) => to);
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    } finally {
      this.busy = false;
    }
  }
}
