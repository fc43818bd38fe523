import type { DigestFormat } from "../host/bindings/DigestFormat";
import type { DigestPreview } from "../host/bindings/DigestPreview";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

/** The next digest, to be looked at and written to a file. */
export class Digest {
  /** `null`: since the last digest. */
  hours = $state<number | null>(null);
  exporting = $state<DigestFormat | null>(null);
  readonly preview = new Loadable<DigestPreview>();
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async show(hours: number | null): Promise<void> {
    if (hours !== this.hours) this.preview.reset();
    this.hours = hours;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const { hours } = this;
    await this.preview.load(() => this.#host.previewDigest(hours));
  }

  async export(format: DigestFormat): Promise<void> {
    if (this.exporting) return;
    this.exporting = format;
    try {
      const path = await this.#host.exportDigest(this.hours, format);
      if (path !== null) this.#toasts.say(strings.digest.written(path));
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    } finally {
      this.exporting = null;
    }
  }
}
