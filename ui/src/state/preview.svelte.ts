import type { DigestChoice } from "../host/bindings/DigestChoice";
import type { DigestFormat } from "../host/bindings/DigestFormat";
import type { DigestPreview } from "../host/bindings/DigestPreview";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

/** A digest before it comes out: looked at, written to a file, handed to the mail program. */
export class Preview {
  choice = $state.raw<DigestChoice>({ kind: "recent", hours: null });
  /** What is being made of it. */
  making = $state<DigestFormat | "mail" | null>(null);
  readonly page = new Loadable<DigestPreview>();
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async show(choice: DigestChoice): Promise<void> {
    if (JSON.stringify(choice) !== JSON.stringify(this.choice)) this.page.reset();
    this.choice = choice;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const { choice } = this;
    await this.page.load(() => this.#host.previewDigest(choice));
  }

  async export(choice: DigestChoice, format: DigestFormat): Promise<void> {
    await this.#make(format, async () => {
      const path = await this.#host.exportDigest(choice, format);
      return path === null ? null : strings.digests.preview.written(path);
    });
  }

  async openInMail(choice: DigestChoice): Promise<void> {
    await this.#make("mail", async () => {
      const { path, opened } = await this.#host.mailDigest(choice);
      return opened
        ? strings.digests.preview.handedOver(path)
        : strings.digests.preview.shown(path);
    });
  }

  async #make(what: DigestFormat | "mail", make: () => Promise<string | null>): Promise<void> {
    if (this.making) return;
    this.making = what;
    try {
      const done = await make();
      if (done !== null) this.#toasts.say(done);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    } finally {
      this.making = null;
    }
  }
}
